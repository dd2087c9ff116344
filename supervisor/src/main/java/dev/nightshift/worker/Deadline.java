package dev.nightshift.worker;

import java.time.Duration;

/** Gives a stop signal when a time is over. */
final class Deadline implements AutoCloseable {

    private final Stop over = new Stop();
    private final Thread thread;

    Deadline(Stop stop, Duration length) {
        thread = new Thread(
                () -> {
                    if (!over.await(length)) {
                        stop.ask(Stop.Reason.TIME_OVER);
                    }
                },
                "deadline");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        over.ask(Stop.Reason.LEAVE);
    }
}
