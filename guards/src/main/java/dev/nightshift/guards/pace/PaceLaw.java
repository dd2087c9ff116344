package dev.nightshift.guards.pace;

import dev.nightshift.guards.pace.PaceDecision.Step;
import dev.nightshift.guards.pace.PaceTick.Stance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pace of the run from what the replicas bear: zones with hysteresis, and an estimate of the slowest required
 * replica. A value; each tick gives the next.
 */
public final class PaceLaw {
    /** Where every run begins. */
    static final double START = 2e6;

    private static final double SMOOTHING = 0.5;
    private static final double FOREGROUND_SMOOTHING = 0.3;
    private static final double LONGEST_TICK = 2;

    private final PaceState state;
    private final Capacities capacities;
    private final Usage usage;
    private final PaceDecision decision;

    private PaceLaw(PaceState state, Capacities capacities, Usage usage, PaceDecision decision) {
        this.state = state;
        this.capacities = capacities;
        this.usage = usage;
        this.decision = decision;
    }

    /** Nothing seen yet, nothing permitted. */
    public static PaceLaw start() {
        return new PaceLaw(PaceState.START, Capacities.NONE, Usage.NONE, PaceDecision.NONE_YET);
    }

    public PaceDecision decision() {
        return decision;
    }

    /** Bytes a second that each replica is known to replay, by name. */
    public Map<String, Double> capacities() {
        return capacities.rates();
    }

    public PaceLaw next(PaceTick tick) {
        double seconds =
                state.nanos() == null ? 0 : Math.max(0, Math.min(LONGEST_TICK, (tick.nanos() - state.nanos()) / 1e9));
        Capacities known = capacities.next(tick);
        Usage used = usage.next(state.rate(), seconds, tick.nanos());
        PaceState seen = state.seen(smoothed(tick), foreground(tick), tick.nanos());
        Zones zones = new Zones(tick, seen, known, used.share(tick.flow().mostOwn()), seconds);
        Zones.Move move = zones.move();
        return new PaceLaw(move.next(), known, used, told(move, tick, seen));
    }

    private static PaceDecision told(Zones.Move move, PaceTick tick, PaceState seen) {
        List<String> reasons = new ArrayList<>();
        reasons.add(move.reason());
        boolean cause = !tick.cause().isEmpty() && !move.reason().contains(tick.cause());
        if (cause && tick.stance() != Stance.GO && move.step() != Step.STOP) {
            reasons.add(tick.cause());
        }
        return new PaceDecision(move.next().rate(), move.step(), tick.load().utilisation(), seen.smoothed(), reasons);
    }

    private double smoothed(PaceTick tick) {
        double now = tick.load().utilisation();
        if (Double.isNaN(now)) {
            return state.smoothed();
        }
        return Double.isNaN(state.smoothed()) ? now : state.smoothed() + SMOOTHING * (now - state.smoothed());
    }

    /** WAL of others; where our share is not told, all that goes beyond what we were permitted. */
    private double foreground(PaceTick tick) {
        if (!Double.isNaN(tick.flow().others())) {
            return tick.flow().others();
        }
        if (Double.isNaN(tick.flow().total())) {
            return state.foreground();
        }
        double others = Math.max(0, tick.flow().total() - state.rate());
        return Double.isNaN(state.foreground())
                ? others
                : state.foreground() + FOREGROUND_SMOOTHING * (others - state.foreground());
    }
}
