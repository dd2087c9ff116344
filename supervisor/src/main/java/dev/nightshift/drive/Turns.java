package dev.nightshift.drive;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the databases of a process connected to one after another: proving who one is costs some 20 ms of the event loop a
 * session, and after a network's return a hundred databases would keep it for seconds. Used from one event loop.
 */
public final class Turns {

    /** Prime to a second, so that the looks that follow spread over it. */
    private static final long APART = Duration.ofMillis(101).toNanos();

    private final LongSupplier nanos;
    private long next;

    public Turns(LongSupplier nanos) {
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** Takes the next turn and answers how long it is until then. */
    Duration take() {
        long now = nanos.getAsLong();
        long mine = Math.max(now, next);
        next = mine + APART;
        return Duration.ofNanos(mine - now);
    }
}
