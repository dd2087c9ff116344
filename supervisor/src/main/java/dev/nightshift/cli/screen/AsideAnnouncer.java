package dev.nightshift.cli.screen;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands announcements to a thread of its own, so that a terminal or a pipe that takes nothing more can never hold up
 * supervision. Of ticks only the newest is shown.
 */
public final class AsideAnnouncer implements Announcer, AutoCloseable {

    private final Announcer shown;
    private final AtomicReference<@Nullable Tick> newest = new AtomicReference<>();
    private final Aside aside = new Aside("announcer");

    public AsideAnnouncer(Announcer shown) {
        this.shown = shown;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        aside.run(() -> shown.happened(run, event));
    }

    @Override
    public void ticked(Tick tick) {
        if (newest.getAndSet(tick) == null) {
            aside.run(() -> {
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
        aside.close();
    }
}
