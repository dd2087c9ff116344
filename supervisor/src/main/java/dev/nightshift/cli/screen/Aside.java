package dev.nightshift.cli.screen;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does small things in order on a thread of its own, so that whoever asks for them never waits. */
final class Aside implements AutoCloseable {

    /** Beyond this many that nobody takes, further ones are dropped: the journal has them. */
    private static final int MOST_WAITING = 10_000;

    private static final long LAST_WORDS_SECONDS = 2;

    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService thread;

    Aside(String name) {
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread started = new Thread(work, name);
            started.setDaemon(true);
            return started;
        });
    }

    void run(Runnable work) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        thread.execute(() -> {
            waiting.decrementAndGet();
            work.run();
        });
    }

    /** Does what waits, as far as that takes no more than two seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
