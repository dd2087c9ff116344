package dev.nightshift.worker;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stop signal that somebody can give; it stays given. */
public final class Stop implements StopSignal {

    /** Why work has to end. */
    public enum Reason {
        /** The process was asked to leave. */
        LEAVE,
        /** Another worker or an abort took the claim over. */
        SUPERSEDED,
        /** Neither a permit nor a supervisor for too long. */
        UNSUPERVISED,
        /** It took longer than it may. */
        TIME_OVER
    }

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private @Nullable Reason reason;

    /** Gives the signal; the first reason stays. */
    public void ask(Reason why) {
        Set<Runnable> waiting;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            waiting = new LinkedHashSet<>(actions);
            actions.clear();
            notifyAll();
        }
        waiting.forEach(Stop::start);
    }

    @Override
    public synchronized boolean asked() {
        return reason != null;
    }

    public synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Waits; true as soon as the signal is given. */
    public synchronized boolean await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (long left = longest.toNanos(); reason == null && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return reason != null;
    }

    @Override
    public Registration onAsked(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return () -> forget(action);
            }
        }
        start(action);
        return () -> {};
    }

    /** A signal of its own that is also given when this one is. */
    public Stop child() {
        Stop child = new Stop();
        Registration ignored = onAsked(() -> child.ask(reason().orElse(Reason.LEAVE)));
        return child;
    }

    private synchronized void forget(Runnable action) {
        actions.remove(action);
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "stop");
        thread.setDaemon(true);
        thread.start();
    }
}
