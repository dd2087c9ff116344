package dev.nightshift.bench.side;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.SandboxFailed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/** Forces checkpoints as the work goes on, the same number for a fast policy as for a slow one. */
final class Checkpoints implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Login superuser;
    private final int wanted;
    private final DoubleSupplier share;
    private final Thread thread = new Thread(this::force, "checkpoints");
    private volatile boolean closed;
    private final AtomicInteger done = new AtomicInteger();

    private Checkpoints(Login superuser, int wanted, DoubleSupplier share) {
        this.superuser = superuser;
        this.wanted = wanted;
        this.share = share;
        thread.setDaemon(true);
    }

    static Checkpoints over(DoubleSupplier share, int wanted, Login superuser) {
        Checkpoints checkpoints = new Checkpoints(superuser, wanted, share);
        checkpoints.thread.start();
        return checkpoints;
    }

    /** How many there were. */
    int done() {
        return done.get();
    }

    /** The share of the work at which the next one is due: none at its start or end, where it would cost nothing. */
    static double due(int done, int wanted) {
        return (done + 1.0) / (wanted + 1.0);
    }

    private void force() {
        try {
            while (!closed && done.get() < wanted) {
                if (share.getAsDouble() >= due(done.get(), wanted)) {
                    superuser.execute("CHECKPOINT");
                    done.incrementAndGet();
                } else {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        } catch (SandboxFailed e) {
            if (!closed) {
                System.err.println("nightshift bench: no more checkpoints: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
