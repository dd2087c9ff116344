package dev.nightshift.schema;

import dev.nightshift.worker.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end early when the work is asked to stop. */
final class Pause implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final StopSignal.Registration registration;

    Pause(StopSignal stop) {
        this.registration = stop.onAsked(asked::countDown);
    }

    void of(Duration duration) {
        try {
            if (asked.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        registration.close();
    }
}
