package dev.nightshift.kubernetes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits, on a thread that may block, for pods that were told to end. */
final class PodsGone {

    private static final long POLL_MILLIS = 500;

    private PodsGone() {}

    /** False where {@code gone} was not true when {@code longest} was over, or the thread was interrupted. */
    static boolean within(Duration longest, BooleanSupplier gone) {
        long begun = System.nanoTime();
        while (!gone.getAsBoolean()) {
            if (System.nanoTime() - begun > longest.toNanos()) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
