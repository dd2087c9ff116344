package dev.nightshift.drive;

import dev.nightshift.run.Explanation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backup as the journal has it.
 *
 * @param kind {@code dump}, {@code command}, {@code snapshot} or {@code external}
 * @param location the directory of a dump, or where whoever keeps it has it
 * @param verification how it was verified: {@code readable}, {@code checksummed}, {@code attested}, or {@code none}
 * @param walSince bytes that the server has written since what it holds
 */
public record BackupRecord(
        String id,
        String kind,
        State state,
        String location,
        String verification,
        OptionalLong bytes,
        OptionalLong walSince,
        Instant startedAt,
        Optional<Instant> verifiedAt,
        Optional<Explanation> failure) {

    /** How far a backup got; only a verified one lets a run begin its work. */
    public enum State {
        RUNNING,
        VERIFIED,
        FAILED,
        /** It was verified, and its run comes to its first write too long after it. */
        OUTDATED,
        /** Its files were deleted after its run had succeeded. */
        PRUNED
    }
}
