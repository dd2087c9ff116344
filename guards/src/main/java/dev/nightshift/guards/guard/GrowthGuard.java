package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.List;

/** A guard whose signal is a counter: by how much each grew in the last minute, or since it was first seen. */
record GrowthGuard(GuardKind kind) implements Guard {

    @Override
    public List<Measure> measure(Facts facts) {
        return facts.readings(kind.key()).stream()
                .map(reading -> measured(facts, reading).upTo(kind.worst()))
                .toList();
    }

    private Measure measured(Facts facts, Reading reading) {
        return reading.value().isPresent()
                ? Measure.of(reading.subject(), facts.trends().growth(kind.key(), reading.subject()))
                        .noting("in the last minute")
                : Measure.of(reading);
    }
}
