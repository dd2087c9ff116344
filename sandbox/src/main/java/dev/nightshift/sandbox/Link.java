package dev.nightshift.sandbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How fast a relay lets bytes pass: one state for all of its connections, each direction with its own allowance. */
final class Link {
    static final int CHUNK = 16 << 10;
    private static final int SMALLEST_CHUNK = 256;
    private static final long UNLIMITED = Long.MAX_VALUE;
    /** Unused allowance that is kept, so that a late wake-up does not cost throughput. */
    private static final long CREDIT_NANOS = Duration.ofMillis(20).toNanos();

    /** One direction: when its allowance is next free. */
    static final class Direction {
        private long freeAt = System.nanoTime();
    }

    final Direction toServer = new Direction();
    final Direction toClient = new Direction();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long bytesPerSecond = UNLIMITED;
    private long delayNanos;
    private boolean frozen;

    void limit(long rate) {
        if (rate < 1) {
            throw new IllegalArgumentException("expected at least 1 byte a second, found " + rate + "; freeze() stops");
        }
        change(() -> bytesPerSecond = rate);
    }

    void unlimited() {
        change(() -> bytesPerSecond = UNLIMITED);
    }

    void delay(Duration delay) {
        change(() -> delayNanos = delay.toNanos());
    }

    void frozen(boolean wanted) {
        change(() -> frozen = wanted);
    }

    /** How many bytes to take from a socket at once: at most a twentieth of a second's worth. */
    int chunk() {
        lock.lock();
        try {
            return (int) Math.min(CHUNK, Math.max(SMALLEST_CHUNK, bytesPerSecond / 20));
        } finally {
            lock.unlock();
        }
    }

    boolean delays() {
        lock.lock();
        try {
            return delayNanos > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code bytes} that came at {@code arrival} (nanoTime) may go on in that direction. */
    void pass(Direction direction, int bytes, long arrival) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long wait = wait(direction, arrival);
            while (frozen || wait > 0) {
                if (frozen) {
                    changed.await();
                } else {
                    changed.awaitNanos(wait);
                }
                wait = wait(direction, arrival);
            }
            if (bytesPerSecond != UNLIMITED) {
                long from = Math.max(direction.freeAt, System.nanoTime() - CREDIT_NANOS);
                direction.freeAt = from + Math.round(bytes * 1e9 / bytesPerSecond);
            }
        } finally {
            lock.unlock();
        }
    }

    private long wait(Direction direction, long arrival) {
        long now = System.nanoTime();
        return Math.max(arrival + delayNanos - now, direction.freeAt - now);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            toServer.freeAt = System.nanoTime();
            toClient.freeAt = toServer.freeAt;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
