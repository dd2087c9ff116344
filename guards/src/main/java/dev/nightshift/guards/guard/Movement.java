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
 * @param loaded the position while a real backlog lasts, from which a capacity can be learned
 * @param behind the bytes behind, over the same time
 */
record Movement(@Nullable Lsn replayed, @Nullable Long since, boolean stalled, Slope rate, Slope loaded, Slope behind) {

    /**
     * Longer than a standby that replays takes to say so while WAL keeps coming. An idle primary may hear nothing for
     * wal_receiver_status_interval; to call that stalled only forbids an abort and a lesson, for which there is no ground.
     */
    private static final Duration STALLS_AFTER = Duration.ofSeconds(5);

    private static final Duration RATE_WINDOW = Duration.ofSeconds(5);

    /** Less than this may be what is on its way at any pace. */
    private static final long BACKLOG = 4L << 20;

    private static final double BACKLOG_SECONDS = 0.4;

    /** Two intervals of a second tell a rate. */
    private static final Duration LEARNS_FROM = Duration.ofMillis(1_800);

    /**
     * A backlog that neither grows nor shrinks by this share of the rate is only a long way, not a full one: what comes
     * out is what went in.
     */
    private static final double CHANGES = 0.03;

    private static final Slope FRESH = Slope.over(RATE_WINDOW);

    static final Movement NONE = new Movement(null, null, false, FRESH, FRESH, FRESH);

    /** @param caughtUp its lag is far from its limits, which ends a stall */
    Movement next(Lsn position, Lsn now, boolean caughtUp, long nanos) {
        long backlog = position.minus(now);
        boolean same = now.equals(replayed) && backlog > 0;
        long from = same && since != null ? since : nanos;
        boolean stands = nanos - from >= STALLS_AFTER.toNanos();
        Slope moved = rate.noted(nanos, (double) now.position());
        boolean busy = !stands && deep(backlog, moved);
        return new Movement(
                now,
                from,
                stands || (stalled && !caughtUp),
                moved,
                busy ? loaded.noted(nanos, (double) now.position()) : FRESH,
                busy ? behind.noted(nanos, (double) backlog) : FRESH);
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

    /** Seconds for which it has not moved under a backlog. */
    double standsFor(long nanos) {
        return since == null ? 0 : (nanos - since) / 1e9;
    }

    private static boolean deep(long backlog, Slope moved) {
        double rate = Math.max(0, moved.perSecond().orElse(0));
        return backlog >= Math.max(BACKLOG, rate * BACKLOG_SECONDS);
    }
}
