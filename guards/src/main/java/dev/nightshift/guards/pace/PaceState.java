package dev.nightshift.guards.pace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the law remembers from tick to tick.
 *
 * @param nanos of the last tick; null before the first
 * @param quietUntil no growth before this instant
 * @param loweredAt when the pace was lowered last; null when never
 * @param stop what stands while the pace is stopped; null while it is not
 */
record PaceState(
        double rate,
        double smoothed,
        double foreground,
        @Nullable Long nanos,
        @Nullable Long quietUntil,
        @Nullable Long loweredAt,
        @Nullable Stop stop) {

    /** After leaving a stop and after lowering, the replicas are left alone for a while. */
    static final Duration NO_GROWTH = Duration.ofSeconds(5);

    static final PaceState START = new PaceState(PaceLaw.START, Double.NaN, Double.NaN, null, null, null, null);

    /**
     * A stop.
     *
     * @param from the pace before it
     * @param overload whether the replicas asked for it
     * @param calm samples in a row with little of the budget used
     */
    record Stop(double from, boolean overload, int calm) {}

    PaceState at(double newRate) {
        return new PaceState(newRate, smoothed, foreground, nanos, quietUntil, loweredAt, null);
    }

    PaceState lowered(double newRate, long now) {
        return new PaceState(newRate, smoothed, foreground, nanos, now + NO_GROWTH.toNanos(), now, null);
    }

    PaceState stopped(Stop standing) {
        return new PaceState(0, smoothed, foreground, nanos, quietUntil, loweredAt, standing);
    }

    PaceState seen(double smoothedNow, double foregroundNow, long now) {
        return new PaceState(rate, smoothedNow, foregroundNow, now, quietUntil, loweredAt, stop);
    }

    boolean quiet(long now) {
        return quietUntil != null && now < quietUntil;
    }

    boolean loweredWithin(Duration last, long now) {
        return loweredAt != null && now - loweredAt < last.toNanos();
    }
}
