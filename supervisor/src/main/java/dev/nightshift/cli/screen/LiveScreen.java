package dev.nightshift.cli.screen;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import java.time.Instant;
import java.util.function.Supplier;

/** Shows a run on a terminal while this process supervises it. */
public final class LiveScreen implements Announcer {

    private final LiveStatus status;
    private final StatusLines lines;
    private final Repaint repaint;
    private final TerminalSize size;
    private final Supplier<Instant> now;

    public LiveScreen(LiveStatus status, StatusLines lines, Repaint repaint, TerminalSize size, Supplier<Instant> now) {
        this.status = status;
        this.lines = lines;
        this.repaint = repaint;
        this.size = size;
        this.now = now;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        status.happened(event, now.get());
    }

    @Override
    public void ticked(Tick tick) {
        repaint.draw(lines.of(status.ticked(tick), size.columns()), size.rows());
    }
}
