package dev.nightshift.view;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backup as the journal has it.
 *
 * @param kind {@code dump}, {@code snapshot}, {@code command}, {@code external} or {@code none}
 * @param state the word of the journal: running, verified, failed, outdated or pruned
 * @param verification how it was proved good: readable, checksummed, attested, what it was attested as, or none
 * @param walSince bytes that the server has written since what the backup holds, which a restore of it would lose; empty
 *     where that is not known
 * @param failure what went wrong, in one sentence
 */
public record BackupView(
        String id,
        String run,
        String kind,
        String state,
        String location,
        String verification,
        OptionalLong bytes,
        OptionalLong walSince,
        Instant startedAt,
        Optional<Instant> verifiedAt,
        Optional<String> failure) {

    public boolean none() {
        return kind.equals("none");
    }

    public boolean verified() {
        return state.equals("verified");
    }
}
