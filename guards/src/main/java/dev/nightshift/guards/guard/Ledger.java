package dev.nightshift.guards.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The traces of all guards and subjects. A value; each round of measures gives the next. */
record Ledger(Map<Key, Trace> traces) {

    static final Ledger EMPTY = new Ledger(Map.of());

    record Key(GuardKind kind, String subject) {}

    /** Judges these guards anew and keeps what the others said. */
    Ledger judged(Map<GuardKind, List<Measure>> measures, GuardSettings settings, long nanos) {
        Map<Key, Trace> next = new LinkedHashMap<>();
        traces.forEach((key, trace) -> {
            Trace kept = measures.containsKey(key.kind()) ? trace.absent() : trace;
            if (kept != null) {
                next.put(key, kept);
            }
        });
        measures.forEach((kind, seen) -> {
            for (Measure measure : seen) {
                Key key = new Key(kind, measure.subject());
                Trace before = traces.get(key);
                Trace start = before == null ? Trace.begin(kind, measure.subject()) : before;
                next.put(key, start.next(measure, settings.of(kind, measure.subject()), nanos));
            }
        });
        return new Ledger(next);
    }

    /** A sample failed: calm samples before it and after it are not in a row. */
    Ledger interrupted() {
        Map<Key, Trace> next = new LinkedHashMap<>();
        traces.forEach((key, trace) -> next.put(key, trace.interrupted()));
        return new Ledger(next);
    }

    Collection<Trace> all() {
        return traces.values();
    }

    /** The worst first. */
    List<Finding> findings() {
        return traces.values().stream()
                .map(Trace::finding)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Finding::verdict).reversed().thenComparing(Finding::guard))
                .toList();
    }

    /** By guard; one that measured nothing is clear, and one that no plan asks for is none. */
    List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (GuardKind kind : GuardKind.values()) {
            List<Standing> seen = traces.values().stream()
                    .filter(trace -> trace.kind() == kind)
                    .map(Trace::standing)
                    .toList();
            boolean nothing = seen.isEmpty() && !kind.isProbe();
            standings.addAll(nothing ? List.of(Standing.ofNothing(kind)) : seen);
        }
        return standings;
    }

    Verdict verdict() {
        return traces.values().stream().map(trace -> trace.standing().verdict()).reduce(Verdict.CLEAR, Verdict::worst);
    }
}
