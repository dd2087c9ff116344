package dev.nightshift.guards.guard;

import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.guards.pace.PaceTick.Load;
import dev.nightshift.guards.pace.PaceTick.Stance;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Trends;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hands the pacing law what it looks at.
 *
 * @param sampled whether this tick brought a sample; without one nothing is known of the load
 */
record Paced(ReplicaSet pinned, List<ReplicaTrack> replicas, Ledger ledger, GuardSettings settings, boolean sampled) {
    private static final Duration RATES = Duration.ofSeconds(3);

    PaceTick tick(Trends trends, Verdict verdict, long nanos) {
        Stance stance = switch (verdict) {
            case CLEAR -> Stance.GO;
            case SLOW -> Stance.SLOW;
            case UNKNOWN -> Stance.UNKNOWN;
            case HOLD, ABORT -> Stance.STOP;
        };
        String cause =
                ledger.findings().stream().findFirst().map(Finding::reason).orElse("");
        double wal = trends.perSecond(Trends.POSITION, "", RATES).orElse(Double.NaN);
        double own = trends.perSecond(Reading.OWN_WAL, "", RATES).orElse(Double.NaN);
        return new PaceTick(nanos, stance, cause, load(), wal, own, underLoad(), replaying());
    }

    private Load load() {
        Optional<Trace> tightest = pacing().filter(trace -> trace.measure().ceiling() != Level.SLOW)
                .max(Comparator.comparingDouble(trace -> trace.standing().utilisation()));
        double courtesy = pacing().filter(trace -> trace.measure().ceiling() == Level.SLOW)
                .filter(trace -> trace.measure().qualifier().isEmpty())
                .mapToDouble(trace -> trace.standing().utilisation())
                .max()
                .orElse(0);
        double now = tightest.map(trace -> trace.standing().utilisation()).orElse(0.0);
        double used = sampled ? now : Double.NaN;
        double budget = holdsAt(GuardKind.REPLICA_BYTES);
        return new Load(!pinned.none(), used, tightest.map(this::text).orElse(""), courtesy, budget);
    }

    private Stream<Trace> pacing() {
        return ledger.all().stream()
                .filter(trace -> trace.kind().paces())
                .filter(trace -> !Double.isNaN(trace.standing().utilisation()));
    }

    /** {@code replica lag standby-a 2.3 s of 5 s}. */
    private String text(Trace trace) {
        GuardKind kind = trace.kind();
        double limit = holdsAt(kind) + trace.measure().allowance();
        return kind.words() + " " + trace.measure().subject() + " "
                + kind.unit().text(trace.standing().value()) + " of "
                + kind.unit().text(limit);
    }

    private double holdsAt(GuardKind kind) {
        return settings.of(kind).at(Level.HOLD).orElse(Limit.NEVER).value();
    }

    private Map<String, Double> underLoad() {
        Map<String, Double> rates = new HashMap<>();
        required()
                .forEach(replica -> replica.movement()
                        .underLoad()
                        .ifPresent(rate -> rates.put(replica.pinned().name(), rate)));
        return rates;
    }

    private Map<String, Double> replaying() {
        Map<String, Double> rates = new HashMap<>();
        required()
                .forEach(replica -> replica.movement()
                        .perSecond()
                        .ifPresent(rate -> rates.put(replica.pinned().name(), rate)));
        return rates;
    }

    private Stream<ReplicaTrack> required() {
        return replicas.stream().filter(replica -> sampled && replica.pinned().kind() == ReplicaClass.REQUIRED);
    }
}
