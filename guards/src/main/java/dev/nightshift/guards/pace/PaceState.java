package dev.nightshift.guards.pace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the law remembers from tick to tick.
 *
 * @param nanos of the last tick; null before the first
 * @param quietUntil no growth before this instant
 * @param loweredAt when the pace was lowered last; null when never
 * @param doubledAt when the pace was doubled last; null when never, or when what it doubled to was taken back
 * @param stop what stands while the pace is stopped; null while it is not
 */
record PaceState(
        double rate,
        double smoothed,
        double foreground,
        @Nullable Long nanos,
        @Nullable Long quietUntil,
        @Nullable Long loweredAt,
        @Nullable Long doubledAt,
        @Nullable Stop stop) {

    /** After leaving a stop and after lowering, the replicas are left alone for a while. */
    static final Duration NO_GROWTH = Duration.ofSeconds(5);

    static final PaceState START = new PaceState(PaceLaw.START, Double.NaN, Double.NaN, null, null, null, null, null);

    /**
     * A stop.
     *
     * @param from the pace before it
     * @param overload whether the replicas asked for it
     * @param calm samples in a row with little of the budget used
     */
    record Stop(double from, boolean overload, int calm) {}

    PaceState at(double newRate) {
        return new PaceState(newRate, smoothed, foreground, nanos, quietUntil, loweredAt, doubledAt, null);
    }

    PaceState doubled(double newRate, long now) {
        return new PaceState(newRate, smoothed, foreground, nanos, quietUntil, loweredAt, now, null);
    }

    PaceState lowered(double newRate, long now) {
        return new PaceState(newRate, smoothed, foreground, nanos, now + NO_GROWTH.toNanos(), now, null, null);
    }

    PaceState stopped(Stop standing) {
        return new PaceState(0, smoothed, foreground, nanos, quietUntil, loweredAt, null, standing);
    }

    PaceState seen(double smoothedNow, double foregroundNow, long now) {
        return new PaceState(rate, smoothedNow, foregroundNow, now, quietUntil, loweredAt, doubledAt, stop);
    }

    boolean quiet(long now) {
        return quietUntil != null && now < quietUntil;
    }

    boolean loweredWithin(Duration last, long now) {
        return within(loweredAt, last, now);
    }

    boolean doubledWithin(Duration last, long now) {
        return within(doubledAt, last, now);
    }

    private static boolean within(@Nullable Long at, Duration last, long now) {
        return at != null && now - at < last.toNanos();
    }
}
