package dev.nightshift.guards.guard;

import java.util.List;

/** A guard whose signal is all there is to it: each reading of its key against its limits. */
record ReadingGuard(GuardKind kind) implements Guard {

    @Override
    public List<Measure> measure(Facts facts) {
        return facts.readings(kind.key()).stream()
                .map(reading -> Measure.of(reading).upTo(kind.worst()))
                .toList();
    }
}
