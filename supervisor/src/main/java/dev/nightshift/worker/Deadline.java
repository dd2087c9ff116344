package dev.nightshift.worker;

import java.time.Duration;

/** Gives a stop signal when nothing has got on for so long. */
final class Deadline implements AutoCloseable {

    private final Stop over = new Stop();
    private final Thread thread;
    private volatile long since;

    Deadline(Stop stop, Duration length) {
        thread = new Thread(
                () -> {
                    if (passes(length)) {
                        stop.ask(Stop.Reason.TIME_OVER);
                    }
                },
                "deadline");
        thread.setDaemon(true);
    }

    void start() {
        again();
        thread.start();
    }

    /** The time begins anew. */
    void again() {
        since = System.nanoTime();
    }

    /** False when it was closed before. */
    private boolean passes(Duration length) {
        long left = length.toNanos();
        while (left > 0) {
            if (over.await(Duration.ofNanos(left))) {
                return false;
            }
            left = length.toNanos() - (System.nanoTime() - since);
        }
        return true;
    }

    @Override
    public void close() {
        over.ask(Stop.Reason.LEAVE);
    }
}
