package dev.nightshift.guards.pace;

import dev.nightshift.guards.pace.PaceDecision.Step;
import dev.nightshift.guards.pace.PaceState.Stop;
import dev.nightshift.guards.pace.PaceTick.Stance;
import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One tick of the law: stop, leave a stop, freeze, lower, raise or keep.
 *
 * @param usedShare used ÷ permitted bytes of the last seconds
 * @param seconds since the last tick
 */
record Zones(PaceTick tick, PaceState state, Capacities capacities, double usedShare, double seconds) {
    static final double RAISES_BELOW = 0.4;
    static final double LOWERS_FROM = 0.7;
    static final double LEAVES_BELOW = 0.3;
    static final int LEAVES_AFTER = 3;

    /** Slower than this is a hold by another name. */
    static final double LEAST = 0.1e6;

    private static final double LOWER = 0.7;
    private static final double OF_ROOM = 0.8;
    private static final double OF_CAPACITY = 0.9;

    /** A pace this much above what the replicas replay is not worth waiting for the lag to prove it. */
    private static final double OVER = 1.05;

    /** A lag shows after two ticks; by then the pace has doubled twice. */
    private static final Duration UNSEEN = Duration.ofMillis(2_500);

    private static final double TWICE_DOUBLED = 4;

    private static final Duration LOWERS_AGAIN = Duration.ofSeconds(3);

    /** What the law does, and why. */
    record Move(PaceState next, Step step, String reason) {}

    Move move() {
        double used = tick.load().utilisation();
        if (tick.stance() == Stance.STOP || used >= 1) {
            return stop();
        }
        Stop stop = state.stop();
        if (stop != null) {
            return leave(counted(stop));
        }
        if (tick.stance() == Stance.UNKNOWN || Double.isNaN(used)) {
            return new Move(state, Step.FREEZE, "not changed while something is not known");
        }
        if (!tick.load().limited()) {
            return new Move(state.at(Double.POSITIVE_INFINITY), Step.UNLIMITED, "no replica limits it");
        }
        return Optional.<Move>empty()
                .or(this::aboveCapacity)
                .or(this::takeBack)
                .or(this::lower)
                .or(this::courteous)
                .orElseGet(() -> new Growth(this).move());
    }

    /** 0.9 × capacity − foreground, when a capacity is known. */
    Optional<Double> ceiling() {
        return capacities.slowest().map(seen -> Math.max(LEAST, OF_CAPACITY * seen.rate() - foreground()));
    }

    /** {@code 0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s}. */
    String ceilingText() {
        return capacities
                .slowest()
                .map(seen -> "0.9 × " + seen.text() + " − foreground " + rateText(foreground()))
                .orElse("capacity not known");
    }

    static String rateText(double rate) {
        return new ByteSize(Math.round(rate)) + "/s";
    }

    private double foreground() {
        return Double.isNaN(state.foreground()) ? 0 : state.foreground();
    }

    private Move stop() {
        boolean overload = tick.load().utilisation() >= 1;
        Stop standing = state.stop() == null ? new Stop(state.rate(), overload, 0) : state.stop();
        Stop next = counted(new Stop(standing.from(), standing.overload() || overload, standing.calm()));
        String why = overload ? tick.load().tightest() : tick.cause();
        return new Move(state.stopped(next), Step.STOP, "stopped: " + why);
    }

    private Stop counted(Stop stop) {
        boolean calm = tick.load().utilisation() < LEAVES_BELOW;
        return new Stop(stop.from(), stop.overload(), calm ? stop.calm() + 1 : 0);
    }

    private Move leave(Stop stop) {
        if (tick.stance() == Stance.UNKNOWN || stop.calm() < LEAVES_AFTER) {
            String waits = "stopped until calm: " + stop.calm() + " of " + LEAVES_AFTER + " samples";
            return new Move(state.stopped(stop), Step.STOP, waits);
        }
        if (!tick.load().limited()) {
            return new Move(state.at(Double.POSITIVE_INFINITY), Step.UNLIMITED, "no replica limits it");
        }
        double before = Math.min(stop.from(), 1e12) * (stop.overload() ? LOWER : 1);
        double room = ceiling().orElse(Math.max(PaceLaw.START, before));
        PaceState next = state.lowered(Math.max(LEAST, OF_ROOM * room), tick.nanos());
        String why = ceiling().isPresent() ? "0.8 × (" + ceilingText() + ")" : "0.8 × the pace before the stop";
        return new Move(next, Step.RAISE, "after a stop " + why);
    }

    private Optional<Move> aboveCapacity() {
        double ceiling = ceiling().orElse(Double.POSITIVE_INFINITY);
        boolean fresh = !tick.underLoad().isEmpty();
        if (!fresh || state.rate() <= OVER * ceiling || state.loweredWithin(LOWERS_AGAIN, tick.nanos())) {
            return Optional.empty();
        }
        return Optional.of(new Move(state.lowered(ceiling, tick.nanos()), Step.LOWER, ceilingText()));
    }

    /** What answers a pace that doubles answers one that was doubled twice since. */
    private Optional<Move> takeBack() {
        if (tick.load().utilisation() < RAISES_BELOW || !state.doubledWithin(UNSEEN, tick.nanos())) {
            return Optional.empty();
        }
        double rate = Math.max(PaceLaw.START, state.rate() / TWICE_DOUBLED);
        String why = "doubled too often: " + tick.load().tightest();
        return Optional.of(new Move(state.lowered(rate, tick.nanos()), Step.LOWER, why));
    }

    private Optional<Move> lower() {
        if (!(state.smoothed() >= LOWERS_FROM) || state.loweredWithin(LOWERS_AGAIN, tick.nanos())) {
            return Optional.empty();
        }
        double ceiling = ceiling().orElse(Double.POSITIVE_INFINITY);
        double cut = LOWER * state.rate();
        double rate = Math.max(LEAST, Math.min(cut, ceiling));
        String why =
                ceiling < cut ? ceilingText() : "lowered to 0.7: " + tick.load().tightest();
        return Optional.of(new Move(state.lowered(rate, tick.nanos()), Step.LOWER, why));
    }

    /** For a best-effort replica the pace comes down, though not below where every run begins. */
    private Optional<Move> courteous() {
        double cut = Math.max(PaceLaw.START, LOWER * state.rate());
        boolean due = tick.load().courtesy() >= LOWERS_FROM && cut < state.rate();
        if (!due || state.loweredWithin(LOWERS_AGAIN, tick.nanos())) {
            return Optional.empty();
        }
        return Optional.of(
                new Move(state.lowered(cut, tick.nanos()), Step.LOWER, "lowered to 0.7 for a best-effort replica"));
    }

    static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }
}
