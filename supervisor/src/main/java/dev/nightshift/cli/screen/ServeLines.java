package dev.nightshift.cli.screen;

import dev.nightshift.cli.Serving;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.Documents;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Supplier;

/** The log of a standing supervisor: a JSON document a line, or a short line each for a person at a terminal. */
public final class ServeLines implements Serving.Told, AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Aside aside = new Aside("log");
    private final PrintStream out;
    private final Supplier<Instant> now;
    private final boolean terminal;
    private final ZoneId zone;

    public ServeLines(PrintStream out, Supplier<Instant> now, boolean terminal, ZoneId zone) {
        this.out = out;
        this.now = now;
        this.terminal = terminal;
        this.zone = zone;
    }

    @Override
    public void happened(String database, Event event) {
        print(database, Documents.of("SupervisorEvent"), event);
    }

    @Override
    public void metricsAt(int port) {
        print("", Documents.of("SupervisorEvent"), new Event("metrics", "", "http://localhost:" + port + "/metrics"));
    }

    @Override
    public void apiAt(ApiSettings settings, int port) {
        String scheme = settings.tls().isPresent() ? "https" : "http";
        String host = settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
        print(
                "",
                Documents.of("SupervisorEvent"),
                new Event("api", "", scheme + "://" + host + ":" + port + "/api/v1"));
    }

    @Override
    public Announcer runs(String database) {
        return new Announcer() {
            @Override
            public void happened(RunRecord run, Event event) {
                Map<String, Object> document = Documents.of("RunEvent");
                document.put("run", run.id().text());
                document.put("plan", run.planName());
                document.put("state", run.state().word());
                print(database, document, event);
            }

            @Override
            public void ticked(Tick tick) {}
        };
    }

    private void print(String database, Map<String, Object> document, Event event) {
        Instant at = now.get();
        if (!database.isEmpty()) {
            document.put("database", database);
        }
        document.putAll(Documents.event(new EventView(0, at, event.kind(), event.subject(), event.message())));
        String line = terminal ? text(at, database, event) : Json.line(document);
        aside.run(() -> {
            out.println(line);
            out.flush();
        });
    }

    private String text(Instant at, String database, Event event) {
        return "%s  %-20s %-12s %s".formatted(TIME.format(at.atZone(zone)), database, event.kind(), event.message());
    }

    @Override
    public void close() {
        aside.close();
    }
}
