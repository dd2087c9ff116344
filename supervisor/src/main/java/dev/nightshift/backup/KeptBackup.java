package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup as the journal has it.
 *
 * @param id the run's id, a dash and a number: {@code 7f3kmq-1}
 * @param location the directory that it has once it is complete
 * @param verification {@code readable} or {@code checksummed}
 * @param snapshotLsn not later than the dump's snapshot
 * @param age since it was begun, by the database's clock
 * @param servesFrom the id of the backup of an earlier run whose files these are
 */
public record KeptBackup(
        String id,
        RunId run,
        State state,
        Path location,
        String verification,
        Optional<ByteSize> bytes,
        Optional<Lsn> snapshotLsn,
        Optional<String> catalogHash,
        Instant startedAt,
        Duration age,
        Optional<Instant> verifiedAt,
        Optional<String> servesFrom,
        Optional<Explanation> failure) {

    /** How far a backup got; only a verified one counts. */
    public enum State {
        RUNNING,
        VERIFIED,
        FAILED
    }
}
