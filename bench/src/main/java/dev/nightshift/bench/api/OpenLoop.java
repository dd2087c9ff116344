package dev.nightshift.bench.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at instants that are fixed before the first, whether those before have been answered or not; each is
 * timed from its instant, so that a stall counts for all that should have been sent meanwhile.
 */
final class OpenLoop {

    private static final int SCRATCH = 1 << 16;

    private final Target target;
    private final List<byte[]> requests;
    private final long periodNanos;
    private final long[] took;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile String error = "";
    private final long begun = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);

    private OpenLoop(Target target, int rate, int seconds, long seed) {
        this.target = target;
        this.requests = target.requests(rate * seconds, seed);
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        this.took = new long[requests.size()];
    }

    /** What was seen. */
    static final class Seen {

        private final long[] sorted;
        private final int errors;
        private final String error;
        private final double seconds;

        private Seen(OpenLoop loop, double seconds) {
            this.sorted = loop.took.clone();
            this.errors = loop.errors.get();
            this.error = loop.error;
            this.seconds = seconds;
            Arrays.sort(sorted);
        }

        int requests() {
            return sorted.length;
        }

        int errors() {
            return errors;
        }

        /** One of them, or nothing. */
        String error() {
            return error;
        }

        /** From the first instant to the last answer. */
        double seconds() {
            return seconds;
        }

        double millis(double quantile) {
            int rank = (int) Math.ceil(sorted.length * quantile);
            return sorted[Math.max(1, rank) - 1] / 1e6;
        }
    }

    static Seen run(Target target, ApiOptions options, int seconds, long seed) throws InterruptedException {
        OpenLoop loop = new OpenLoop(target, options.rate(), seconds, seed);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < options.connections(); i++) {
            Thread thread = new Thread(loop::work, "load " + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Seen(loop, (System.nanoTime() - loop.begun) / 1e9);
    }

    private void work() {
        byte[] scratch = new byte[SCRATCH];
        int mine = next.getAndIncrement();
        while (mine < took.length) {
            try (Socket socket = target.connect();
                    BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), SCRATCH)) {
                while (mine < took.length) {
                    one(mine, socket, in, scratch);
                    mine = next.getAndIncrement();
                }
            } catch (IOException e) {
                failed(mine, e.toString());
                mine = next.getAndIncrement();
            }
        }
    }

    private void one(int number, Socket socket, BufferedInputStream in, byte[] scratch) throws IOException {
        long due = due(number);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        socket.getOutputStream().write(requests.get(number));
        Optional<String> wrong = Target.answer(in, scratch);
        took[number] = System.nanoTime() - due;
        wrong.ifPresent(what -> failed(number, what));
    }

    private void failed(int number, String what) {
        errors.incrementAndGet();
        error = what;
        took[number] = System.nanoTime() - due(number);
    }

    private long due(int number) {
        return begun + number * periodNanos;
    }
}
