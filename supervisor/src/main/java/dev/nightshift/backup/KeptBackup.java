package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A backup as the journal has it.
 *
 * @param id the run's id, a dash and a number: {@code 7f3kmq-1}
 * @param location of a dump the directory that it has once it is complete; else where whoever keeps it has it
 * @param verification {@code readable}, {@code checksummed}, {@code attested} or what was attested besides
 * @param snapshotLsn not later than what it holds
 * @param age since it was begun, by the database's clock
 * @param servesFrom the id of the backup of an earlier run whose files these are
 * @param handle what whoever takes it calls it
 */
public record KeptBackup(
        String id,
        RunId run,
        Kind kind,
        State state,
        String location,
        String verification,
        Optional<ByteSize> bytes,
        Optional<Lsn> snapshotLsn,
        Optional<String> catalogHash,
        Instant startedAt,
        Duration age,
        Optional<Instant> verifiedAt,
        Optional<String> servesFrom,
        Optional<String> handle,
        Optional<Explanation> failure) {

    /** Who takes and keeps it. */
    public enum Kind {
        DUMP,
        COMMAND,
        SNAPSHOT,
        EXTERNAL;

        /** As the journal has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a backup got; only a verified one counts. */
    public enum State {
        RUNNING,
        VERIFIED,
        FAILED,
        /** It was verified, and its run comes to its first write too long after it. */
        OUTDATED,
        /** Its files were deleted, since nothing needs them any more. */
        PRUNED
    }

    /** Of a dump. */
    Path directory() {
        return Path.of(location);
    }
}
