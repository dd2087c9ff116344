package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.EventView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the journal for programs; for a thread that may block. A database without a journal has nothing. */
public final class PgChronicle implements Chronicle {

    /** The key of events begins with the run, so each run is looked at by itself: some hundred short descents. */
    private static final String EVENTS = """
            SELECT e.* FROM (SELECT r.id FROM nightshift.runs r ORDER BY r.created_at DESC LIMIT 50) r
            CROSS JOIN LATERAL (
                SELECT v.id, v.run_id, v.at, v.kind, v.subject, v.message FROM nightshift.events v
                WHERE v.run_id = r.id AND v.id > $1 ORDER BY v.id %1$s LIMIT $2) e
            ORDER BY e.id %1$s LIMIT $2""";

    private static final String FIRST = EVENTS.formatted("ASC");
    private static final String NEWEST = EVENTS.formatted("DESC");

    private static final String READINGS = "SELECT at, signal, subject, value FROM nightshift.readings"
            + " WHERE run_id = $1 AND at > $2 ORDER BY at DESC, signal, subject LIMIT $3";

    private static final String PLAN =
            "SELECT id, plan_name, plan_hash, plan_source, findings FROM nightshift.runs WHERE id = $1";

    private static final String INTENT = "SELECT id, run_id, kind, immediate, reason, asked_by, asked_from, asked_at,"
            + " observed_at, outcome FROM nightshift.intents WHERE ";

    private final JournalLook journal;

    public PgChronicle(PgLine line) {
        this.journal = new JournalLook(line);
    }

    @Override
    public List<RunEventView> events(OptionalLong after, int most) {
        String sql = after.isPresent() ? FIRST : NEWEST;
        List<RunEventView> events =
                new ArrayList<>(journal.rows("reading the events", sql, Tuple.of(after.orElse(0), most)).stream()
                        .map(PgChronicle::event)
                        .toList());
        if (after.isEmpty()) {
            Collections.reverse(events);
        }
        return events;
    }

    @Override
    public List<ReadingView> readings(RunId run, Instant since, int most) {
        Tuple values = Tuple.of(run.text(), OffsetDateTime.ofInstant(since, ZoneOffset.UTC), most);
        return journal.rows("reading the readings", READINGS, values).stream()
                .map(row -> new ReadingView(
                        instant(row, "at"), row.getString("signal"), row.getString("subject"), row.getDouble("value")))
                .toList();
    }

    @Override
    public Optional<PlanView> plan(RunId run) {
        return journal.rows("reading the run's plan", PLAN, Tuple.of(run.text())).stream()
                .findFirst()
                .map(row -> new PlanView(
                        run,
                        row.getString("plan_name"),
                        row.getString("plan_hash"),
                        row.getString("plan_source"),
                        Optional.ofNullable(row.getJsonArray("findings")).map(PgChronicle::findings)));
    }

    private static List<Map<String, Object>> findings(JsonArray all) {
        return all.stream().map(one -> ((JsonObject) one).getMap()).toList();
    }

    @Override
    public Optional<IntentView> intent(long number) {
        return intent(INTENT + "id = $1", Tuple.of(number));
    }

    @Override
    public Optional<IntentView> intentOf(String key) {
        return intent(INTENT + "key = $1", Tuple.of(key));
    }

    private Optional<IntentView> intent(String sql, Tuple values) {
        return journal.rows("looking what came of the command", sql, values).stream()
                .findFirst()
                .map(PgChronicle::intent);
    }

    private static RunEventView event(Row row) {
        EventView event = new EventView(
                row.getLong("id"),
                instant(row, "at"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("message"));
        return new RunEventView(new RunId(row.getString("run_id")), event);
    }

    private static IntentView intent(Row row) {
        @Nullable OffsetDateTime observed = row.getOffsetDateTime("observed_at");
        @Nullable String outcome = row.getString("outcome");
        return new IntentView(
                row.getLong("id"),
                new RunId(row.getString("run_id")),
                row.getString("kind"),
                row.getBoolean("immediate"),
                row.getString("reason"),
                row.getString("asked_by"),
                row.getString("asked_from"),
                instant(row, "asked_at"),
                Optional.ofNullable(observed).map(OffsetDateTime::toInstant),
                Optional.ofNullable(outcome));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
