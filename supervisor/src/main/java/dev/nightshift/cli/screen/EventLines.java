package dev.nightshift.cli.screen;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.Documents;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Prints each event of a run as one JSON document a line: for logs and pipes. */
public final class EventLines implements Announcer {

    private final PrintStream out;
    private final Supplier<Instant> now;

    public EventLines(PrintStream out, Supplier<Instant> now) {
        this.out = out;
        this.now = now;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        Map<String, Object> document = Documents.of("RunEvent");
        document.put("run", run.id().text());
        document.put("plan", run.planName());
        document.put("state", run.state().word());
        document.putAll(Documents.event(new EventView(0, now.get(), event.kind(), event.subject(), event.message())));
        out.println(Json.line(document));
        out.flush();
    }

    @Override
    public void ticked(Tick tick) {}
}
