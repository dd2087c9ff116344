package dev.nightshift.guards.guard;

import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.guards.pace.PaceTick.Flow;
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
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Hands the pacing law what it looks at.
 *
 * @param sampled whether this tick brought a sample; without one nothing is known of the load
 */
record Paced(ReplicaSet pinned, List<ReplicaTrack> replicas, Ledger ledger, GuardSettings settings, boolean sampled) {
    private static final Duration RATES = Duration.ofSeconds(3);

    /** What a batch wrote is told when it has ended: over a short time our share would look too small. */
    private static final Duration SHARES = Duration.ofSeconds(5);

    PaceTick tick(Trends trends, Verdict verdict, long nanos) {
        Stance stance = switch (verdict) {
            case CLEAR -> Stance.GO;
            case SLOW -> Stance.SLOW;
            case UNKNOWN -> Stance.UNKNOWN;
            case HOLD, ABORT -> Stance.STOP;
        };
        String cause =
                ledger.findings().stream().findFirst().map(Finding::reason).orElse("");
        return new PaceTick(nanos, stance, cause, load(), flow(trends), underLoad(), replaying());
    }

    private static Flow flow(Trends trends) {
        double total = trends.perSecond(Trends.POSITION, "", RATES).orElse(Double.NaN);
        double own = trends.perSecond(Reading.OWN_WAL, "", RATES).orElse(Double.NaN);
        double others = trends.perSecond(Trends.POSITION, "", SHARES).orElse(Double.NaN)
                - trends.perSecond(Reading.OWN_WAL, "", SHARES).orElse(Double.NaN);
        return new Flow(total, own, Math.max(0, others));
    }

    /**
     * What is on its way to a replica will be a lag; a pace that waits to see it overshoots by as much as it is too fast.
     */
    private Optional<Used> drain() {
        double limit = holdsAt(GuardKind.REPLICA_LAG);
        return required()
                .filter(replica -> replica.lag() != null && replica.state() == ReplicaState.STREAMING)
                .flatMap(replica -> drain(replica, limit).stream())
                .max(Comparator.comparingDouble(Used::share));
    }

    private static Optional<Used> drain(ReplicaTrack replica, double limit) {
        OptionalDouble seconds = replica.lag() == null
                ? OptionalDouble.empty()
                : replica.movement().drains(replica.lag().bytes());
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Used(
                        seconds.getAsDouble() / limit,
                        "backlog of " + replica.pinned().name() + " " + Unit.DURATION.text(seconds.getAsDouble())
                                + " of " + Unit.DURATION.text(limit)));
    }

    /** A share of a budget, and which. */
    private record Used(double share, String text) {}

    private Load load() {
        Optional<Used> tightest =
                Stream.concat(drain().stream(), budgets().map(this::used)).max(Comparator.comparingDouble(Used::share));
        double courtesy = pacing().filter(trace -> trace.measure().ceiling() == Level.SLOW)
                .filter(trace -> trace.measure().qualifier().isEmpty())
                .mapToDouble(trace -> trace.standing().utilisation())
                .max()
                .orElse(0);
        double now = tightest.map(Used::share).orElse(0.0);
        double used = sampled ? now : Double.NaN;
        double budget = holdsAt(GuardKind.REPLICA_BYTES);
        return new Load(!pinned.none(), used, tightest.map(Used::text).orElse(""), courtesy, budget);
    }

    private Stream<Trace> budgets() {
        return pacing().filter(trace -> trace.measure().ceiling() != Level.SLOW);
    }

    private Used used(Trace trace) {
        return new Used(trace.standing().utilisation(), text(trace));
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
        return settings.holdsAt(kind);
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
        return replicas.stream()
                .filter(replica -> sampled && replica.pinned().kind().isRequired());
    }
}
