package dev.nightshift.guards.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells how old a WAL position is, from the primary's own positions and instants; needs no standby's clock. A value:
 * each observation gives the next clock.
 *
 * <p>The lag of a position is now − the latest instant at which the primary's position was no further. What is older
 * than the first observation is “at least that old”. Memory is bounded: old observations are thinned out, which can
 * only make a lag look longer.
 */
public final class LsnClock {
    /** Samples come each second: full detail for about five minutes, then half as much, and so on. */
    static final int MOST_TICKS = 512;

    /**
     * Between two observations this close the position is taken to have moved evenly. Without that a standby 10 ms
     * behind would read as one sampling interval behind, for ever.
     */
    private static final Duration EVEN = Duration.ofSeconds(2);

    public static final LsnClock EMPTY = new LsnClock(null, List.of());

    private final @Nullable ServerIdentity server;
    private final List<Tick> ticks;

    private LsnClock(@Nullable ServerIdentity server, List<Tick> ticks) {
        this.server = server;
        this.ticks = ticks;
    }

    private record Tick(Instant at, Lsn position) {}

    /** The clock with one more observation; begins anew when time, position or the server's history went back. */
    public LsnClock noted(Instant at, Lsn position, ServerIdentity from) {
        if (ticks.isEmpty() || server == null || !server.sameHistory(from)) {
            return new LsnClock(from, List.of(new Tick(at, position)));
        }
        Tick newest = newest();
        int moved = position.compareTo(newest.position());
        if (moved < 0 || at.isBefore(newest.at())) {
            return new LsnClock(from, List.of(new Tick(at, position)));
        }
        List<Tick> next = new ArrayList<>(ticks);
        if (moved == 0) {
            next.remove(next.size() - 1);
        }
        next.add(new Tick(at, position));
        return new LsnClock(from, next.size() > MOST_TICKS ? thinned(next) : next);
    }

    /**
     * How old {@code replayed} was at the newest observation.
     *
     * @throws IllegalStateException before the first observation
     */
    public TimeLag lag(Lsn replayed) {
        Tick newest = newest();
        if (replayed.compareTo(newest.position()) >= 0) {
            return TimeLag.ZERO;
        }
        int reached = lastNotBeyond(replayed);
        if (reached < 0) {
            return TimeLag.atLeast(Duration.between(ticks.get(0).at(), newest.at()));
        }
        return TimeLag.exactly(Duration.between(instantOf(replayed, reached), newest.at()));
    }

    /** How far back this clock can tell. */
    public Duration age() {
        return ticks.isEmpty() ? Duration.ZERO : Duration.between(ticks.get(0).at(), newest().at());
    }

    int size() {
        return ticks.size();
    }

    private Tick newest() {
        if (ticks.isEmpty()) {
            throw new IllegalStateException("expected an observation before a question");
        }
        return ticks.get(ticks.size() - 1);
    }

    private Instant instantOf(Lsn replayed, int reached) {
        Tick before = ticks.get(reached);
        Tick after = ticks.get(reached + 1);
        Duration gap = Duration.between(before.at(), after.at());
        if (gap.compareTo(EVEN) > 0) {
            return before.at();
        }
        double share =
                (double) replayed.minus(before.position()) / after.position().minus(before.position());
        return before.at().plusNanos((long) (gap.toNanos() * share));
    }

    private int lastNotBeyond(Lsn replayed) {
        int low = 0;
        int high = ticks.size() - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ticks.get(middle).position().compareTo(replayed) <= 0) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    /** Every second one of the older half goes; the very first stays, it says how far back we can tell. */
    private static List<Tick> thinned(List<Tick> full) {
        List<Tick> kept = new ArrayList<>();
        for (int i = 0; i < full.size(); i++) {
            if (i >= full.size() / 2 || i % 2 == 0) {
                kept.add(full.get(i));
            }
        }
        return kept;
    }
}
