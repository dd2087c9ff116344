package dev.nightshift.cli.screen;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands announcements to a thread of its own, so that a terminal or a pipe that takes nothing more can never hold up
 * supervision. Of ticks only the newest is shown.
 */
public final class AsideAnnouncer implements Announcer, AutoCloseable {

    /** Beyond this many lines that nobody reads, further ones are left to the journal. */
    private static final int MOST_WAITING = 10_000;

    private static final long LAST_WORDS_SECONDS = 2;

    private final Announcer shown;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Tick> newest = new AtomicReference<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread started = new Thread(work, "announcer");
        started.setDaemon(true);
        return started;
    });

    public AsideAnnouncer(Announcer shown) {
        this.shown = shown;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        thread.execute(() -> {
            waiting.decrementAndGet();
            shown.happened(run, event);
        });
    }

    @Override
    public void ticked(Tick tick) {
        if (newest.getAndSet(tick) == null) {
            thread.execute(() -> {
                Tick latest = newest.getAndSet(null);
                if (latest != null) {
                    shown.ticked(latest);
                }
            });
        }
    }

    /** Shows what waits, as far as it is taken within two seconds. */
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
