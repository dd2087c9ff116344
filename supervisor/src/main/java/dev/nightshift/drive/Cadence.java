package dev.nightshift.drive;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Goes round once a second, always at the same fraction of it, and never while the round before is still under way; tells
 * of each round how late it began. Everything happens on the event loop of whoever begins it.
 */
public final class Cadence {

    private static final long PERIOD = Duration.ofSeconds(1).toNanos();
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Vertx vertx;
    private final LongSupplier nanos;
    private final Consumer<Duration> lateness;

    public Cadence(Vertx vertx, LongSupplier nanos, Consumer<Duration> lateness) {
        this.vertx = vertx;
        this.nanos = nanos;
        this.lateness = lateness;
    }

    /**
     * Begins to go round.
     *
     * @param first when the first round is due, from now
     * @param round answers whether to go on; one that fails is the last
     */
    public void begin(Duration first, Supplier<Future<Boolean>> round) {
        goOn(nanos.getAsLong() + first.toNanos(), round);
    }

    private void goOn(long due, Supplier<Future<Boolean>> round) {
        long wait = due - nanos.getAsLong();
        vertx.setTimer(Math.max(1, (wait + MILLI - 1) / MILLI), id -> {
            long began = nanos.getAsLong();
            lateness.accept(Duration.ofNanos(Math.max(0, began - due)));
            round.get().onSuccess(goesOn -> {
                if (goesOn) {
                    goOn(next(due, began), round);
                }
            });
        });
    }

    /** The same fraction of a second again, unless that came so late that two rounds would follow on each other's heels. */
    private static long next(long due, long began) {
        return began - due < PERIOD / 2 ? due + PERIOD : began + PERIOD;
    }
}
