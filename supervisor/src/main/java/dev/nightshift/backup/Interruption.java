package dev.nightshift.backup;

import dev.nightshift.program.Tool;
import dev.nightshift.worker.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends the program that runs now, or the wait that goes on now, as soon as the worker is asked to stop. */
final class Interruption implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicReference<@Nullable Tool> running = new AtomicReference<>();
    private final StopSignal.Registration registration;

    Interruption(StopSignal stop) {
        this.registration = stop.onAsked(this::stop);
    }

    /** From now on this is the program to end. */
    void watch(Tool tool) {
        running.set(tool);
        if (asked()) {
            tool.cancel();
        }
    }

    /** Returns at once when a stop is asked. */
    void pause(Duration duration) {
        try {
            if (asked.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            asked.countDown();
            Thread.currentThread().interrupt();
        }
    }

    boolean asked() {
        return asked.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void close() {
        registration.close();
    }

    private void stop() {
        asked.countDown();
        Tool tool = running.get();
        if (tool != null) {
            tool.cancel();
        }
    }
}
