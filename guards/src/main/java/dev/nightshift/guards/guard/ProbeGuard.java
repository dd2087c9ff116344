package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.List;

/** The questions of a plan: what has no answer is unknown, and holds when three in a row had none. */
record ProbeGuard(GuardKind kind) implements Guard {

    /** As of the samples themselves. */
    private static final int FAILURES_HOLD = 3;

    @Override
    public List<Measure> measure(Facts facts) {
        return facts.settings().probes().stream()
                .filter(probe -> probe.kind() == kind)
                .map(probe -> measure(facts, probe))
                .toList();
    }

    private Measure measure(Facts facts, Probe probe) {
        Measure seen = facts.reading(kind.key(), probe.name())
                .map(Measure::of)
                .orElseGet(() -> Measure.unknown(probe.name(), "it was not asked yet"));
        long failures = Math.round(facts.reading(Reading.failuresOf(kind.key()), probe.name())
                .map(reading -> reading.value().orElse(0))
                .orElse(0.0));
        Measure lost = seen.known() || failures < FAILURES_HOLD
                ? seen
                : seen.lost().said(failures + " questions failed", ">=", String.valueOf(FAILURES_HOLD));
        return lost.upTo(probe.worst());
    }
}
