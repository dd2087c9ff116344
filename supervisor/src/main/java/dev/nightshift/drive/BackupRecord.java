package dev.nightshift.drive;

import dev.nightshift.run.Explanation;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backup as the journal has it.
 *
 * @param location the directory of a dump
 * @param verification how it was verified: {@code readable}, {@code checksummed}, or {@code none}
 */
public record BackupRecord(
        String id,
        State state,
        String location,
        String verification,
        OptionalLong bytes,
        Instant startedAt,
        Optional<Instant> verifiedAt,
        Optional<Explanation> failure) {

    /** How far a backup got; only a verified one lets a run begin its work. */
    public enum State {
        RUNNING,
        VERIFIED,
        FAILED
    }
}
