package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.Optional;

/** Why a standby does not replay what it has, as far as it was asked itself. */
final class StandbyCause {

    private StandbyCause() {}

    /** What is in the way on this standby; empty when it was not asked, does not answer, or shows nothing. */
    static Optional<String> of(Facts facts, PinnedReplica replica) {
        boolean paused = facts.reading(Reading.STANDBY_PAUSED, replica.name())
                .filter(reading -> reading.value().orElse(0) > 0)
                .isPresent();
        return paused
                ? Optional.of("its replay is paused")
                : facts.reading(Reading.STANDBY_QUERY, replica.name())
                        .filter(reading -> reading.value().orElse(0) > 0)
                        .map(reading -> "its replay may wait for " + reading.note());
    }
}
