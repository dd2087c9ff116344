package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Slope;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a replica's position moves: its rate, whether it stands still under a backlog, and what it manages under load. A
 * value; each sample gives the next.
 *
 * @param since when the position was first seen where it is, with something left to replay
 * @param stalled stood still under a backlog, and has not caught up since
 * @param way the lag in seconds that is there at any pace, because the way is long; NaN before it is known
 * @param rate the position over the last seconds
 * @param loaded the same while a real backlog lasts, from which a capacity can be learned
 * @param behind the bytes behind, over the same time
 */
record Movement(
        @Nullable Lsn replayed,
        @Nullable Long since,
        boolean stalled,
        double way,
        Slope rate,
        Slope loaded,
        Slope behind) {

    /**
     * Longer than a standby that replays takes to say so while WAL keeps coming. An idle primary may hear nothing for
     * wal_receiver_status_interval; to call that stalled only forbids an abort and a lesson, for which there is no ground.
     */
    private static final Duration STALLS_AFTER = Duration.ofSeconds(5);

    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);

    /** Two intervals of a second tell a rate, one is what a single batch makes of it. */
    private static final Duration MOMENTS = Duration.ofMillis(2_200);

    private static final Duration LEARNS_FROM = Duration.ofMillis(1_800);

    /** Less than this may be what is on its way at any pace, in bytes and in seconds. */
    private static final long BACKLOG = 4L << 20;

    private static final double BACKLOG_SECONDS = 0.4;

    /** Where the budget is short, a lag that uses this share of it is a backlog already. */
    private static final double BACKLOG_SHARE = 0.15;

    /** A backlog that does not change by this share of the rate shows nothing: what comes out is what went in. */
    private static final double CHANGES = 0.03;

    /** A lag says something of the way only while WAL flows, and the way may become longer. */
    private static final double FLOWS = 1e6;

    private static final double WAY_GROWS = 0.02;

    private static final Slope FRESH = Slope.over(RATE_WINDOW);

    static final Movement NONE = new Movement(null, null, false, Double.NaN, FRESH, FRESH, FRESH);

    /**
     * What one sample shows of a replica.
     *
     * @param backlog bytes that it has not replayed
     * @param lag the same in seconds; NaN when unknown
     * @param budget the lag at which the run holds
     * @param caughtUp its lag is far from its limits, which ends a stall
     */
    record Step(long nanos, Lsn replayed, long backlog, double lag, double budget, boolean caughtUp) {}

    Movement next(Step step) {
        long nanos = step.nanos();
        boolean same = step.replayed().equals(replayed) && step.backlog() > 0;
        long from = same && since != null ? since : nanos;
        boolean stands = nanos - from >= STALLS_AFTER.toNanos();
        double position = step.replayed().position();
        Slope moved = rate.noted(nanos, position);
        double far = way(step, moved);
        double deep = Math.min(BACKLOG_SECONDS, BACKLOG_SHARE * step.budget());
        boolean busy = !stands && step.backlog() >= BACKLOG && step.lag() - far >= deep;
        return new Movement(
                step.replayed(),
                from,
                stands || (stalled && !step.caughtUp()),
                far,
                moved,
                busy ? loaded.noted(nanos, position) : FRESH,
                busy ? behind.noted(nanos, (double) step.backlog()) : FRESH);
    }

    /** Bytes a second over the last seconds. */
    OptionalDouble perSecond() {
        return rate.perSecond();
    }

    /** Bytes a second under a lasting backlog; empty when that says nothing of its capacity. */
    OptionalDouble underLoad() {
        double seen = loaded.perSecond().orElse(0);
        double change = Math.abs(behind.perSecond().orElse(0));
        boolean enough = loaded.span().compareTo(LEARNS_FROM) >= 0;
        return enough && seen > 0 && change >= CHANGES * seen ? OptionalDouble.of(seen) : OptionalDouble.empty();
    }

    /** Seconds until this backlog is gone at the rate of the last moments; empty when that says nothing. */
    OptionalDouble drains(long backlog) {
        double now = rate.perSecond(MOMENTS).orElse(0);
        boolean tells = backlog >= BACKLOG / 4 && now > 0 && !stalled;
        double seconds = tells ? backlog / now - (Double.isNaN(way) ? 0 : way) : 0;
        return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    /** Seconds for which it has not moved under a backlog. */
    double standsFor(long nanos) {
        return since == null ? 0 : (nanos - since) / 1e9;
    }

    /** The least lag under a flow, slowly forgotten. */
    private double way(Step step, Slope moved) {
        boolean flows = moved.perSecond(MOMENTS).orElse(0) >= FLOWS;
        if (!flows || Double.isNaN(step.lag())) {
            return way;
        }
        return Double.isNaN(way) ? step.lag() : Math.min(step.lag(), way + WAY_GROWS);
    }
}
