package dev.nightshift.postgres;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.Documents;
import dev.nightshift.view.GlanceDocuments;
import dev.nightshift.view.GlanceTaker;
import dev.nightshift.view.Json;
import dev.nightshift.view.PlannedWindow;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/**
 * Leaves what the supervisor saw and decided last in an unlogged row, for {@code status} in another process: 48 bytes of
 * WAL each time. Nobody waits for it, and one that is late is left out.
 */
public final class PgGlances implements Announcer {

    private static final String LEAVE = """
            INSERT INTO nightshift.glances AS g (run_id, at, glance) VALUES ($1, clock_timestamp(), $2)
            ON CONFLICT (run_id) DO UPDATE SET at = excluded.at, glance = excluded.glance""";

    private final PgLine line;
    private final GlanceTaker taker = new GlanceTaker();
    private final PlannedWindow window = new PlannedWindow();
    private boolean busy;

    public PgGlances(PgLine line) {
        this.line = line;
    }

    @Override
    public void happened(RunRecord run, Event event) {}

    @Override
    public void ticked(Tick tick) {
        Map<String, Object> glance = GlanceDocuments.glance(taker.take(tick.judgement(), tick.at()));
        glance.put("window", window.of(tick.run(), tick.at()).map(Documents::window));
        glance.put("outlook", tick.outlook().map(Documents::outlook));
        if (busy) {
            return;
        }
        busy = true;
        line.ask("leaving a glance", LEAVE, Tuple.of(tick.run().id().text(), new JsonObject(Json.line(glance))))
                .onComplete(done -> busy = false);
    }
}
