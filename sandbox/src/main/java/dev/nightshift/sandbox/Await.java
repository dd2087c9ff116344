package dev.nightshift.sandbox;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by asking often, and fails with its name when the time is up. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(15);

    private Await() {}

    /**
     * Returns as soon as {@code condition} is true.
     *
     * @param what what is waited for, in words: {@code "standby-a has caught up"}
     * @throws SandboxFailed when {@code patience} is over or the condition itself throws
     */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(what, condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new SandboxFailed("expected within " + patience.toMillis() + " ms that " + what);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SandboxFailed("interrupted while waiting that " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean holds(String what, Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new SandboxFailed("could not see whether " + what + ": " + e.getMessage(), e);
        }
    }
}
