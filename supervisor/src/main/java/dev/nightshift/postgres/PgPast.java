package dev.nightshift.postgres;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Past;
import dev.nightshift.run.Cause;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the journal knows of runs that this process has not supervised so far. */
public final class PgPast {

    private static final String THERE = "SELECT to_regclass('nightshift.runs') IS NOT NULL AS there";

    /** The run that is active, else the newest one; one that has not begun only where there is no other. */
    private static final String NEWEST =
            "SELECT r.id FROM nightshift.runs r ORDER BY (r.ended_at IS NULL AND r.state <> 'planned') DESC,"
                    + " r.state = 'planned', r.created_at DESC LIMIT 1";

    private static final String PAST = "SELECT " + JournalRows.RUN_COLUMNS + ", r.created_at, r.moved_at, "
            + "EXISTS (SELECT FROM nightshift.lease l WHERE l.expires_at > clock_timestamp()) AS supervised, "
            + JournalRows.STEPS_OF_RUN + " AS steps, " + JournalRows.BACKUP_OF_RUN + " AS backup, "
            + JournalRows.FREEZES + " AS freezes, " + """
            (SELECT jsonb_object_agg(s.state, s.runs) FROM
                (SELECT o.state, count(*) AS runs FROM nightshift.runs o WHERE o.plan_name = r.plan_name
                 GROUP BY o.state) s) AS states,
            (SELECT coalesce(jsonb_object_agg(s.kind, s.runs), '{}') FROM
                (SELECT o.detail #>> '{cause,kind}' AS kind, count(*) AS runs FROM nightshift.runs o
                 WHERE o.plan_name = r.plan_name AND o.detail ? 'cause' GROUP BY 1) s) AS causes,
            (SELECT count(*)::integer FROM nightshift.workloads w
             WHERE w.run_id = r.id AND w.back_at IS NULL) AS down,
            (SELECT count(*) FROM nightshift.backups b JOIN nightshift.runs o ON o.id = b.run_id
             WHERE o.plan_name = r.plan_name AND b.state = 'failed') AS failed_backups,
            (SELECT max(o.ended_at) FROM nightshift.runs o
             WHERE o.plan_name = r.plan_name AND o.state = 'succeeded') AS succeeded_at
            FROM nightshift.runs r WHERE r.id = $1""";

    private final PgLine line;

    public PgPast(PgLine line) {
        this.line = line;
    }

    /** Of the run that is active, else of the newest; empty where there is none, and where there is no journal. */
    public Future<Optional<Past>> newest() {
        return ask("looking for the journal", THERE, Tuple.tuple())
                .compose(rows -> rows.iterator().next().getBoolean("there")
                        ? ask("looking for the newest run", NEWEST, Tuple.tuple())
                                .compose(this::first)
                        : Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<Past>> first(RowSet<Row> runs) {
        return runs.size() == 0
                ? Future.succeededFuture(Optional.empty())
                : of(new RunId(runs.iterator().next().getString("id")));
    }

    /** Empty when there is no such run. */
    public Future<Optional<Past>> of(RunId run) {
        return ask("reading the past of the run", PAST, Tuple.of(run.text()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(past(rows.iterator().next())));
    }

    private Future<RowSet<Row>> ask(String doing, String sql, Tuple values) {
        return line.ask(doing, sql, values);
    }

    private static Past past(Row row) {
        JsonObject backup = row.getJsonObject("backup");
        return new Past(
                JournalRows.run(row),
                row.getBoolean("supervised"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("moved_at").toInstant(),
                JournalRows.list(row.getJsonArray("steps"), JournalRows::step),
                backup == null ? Optional.<BackupRecord>empty() : Optional.of(JournalRows.backup(backup)),
                runs(row),
                JournalRows.list(row.getJsonArray("freezes"), JournalRows::freeze),
                row.getInteger("down"));
    }

    private static Past.Runs runs(Row row) {
        Map<String, Long> states = new HashMap<>();
        row.getJsonObject("states").forEach(state -> states.put(state.getKey(), count(state.getValue())));
        Map<Cause.Kind, Long> aborts = new EnumMap<>(Cause.Kind.class);
        row.getJsonObject("causes")
                .forEach(cause -> aborts.put(Cause.Kind.valueOf(cause.getKey()), count(cause.getValue())));
        return new Past.Runs(
                states, aborts, row.getLong("failed_backups"), instant(row.getOffsetDateTime("succeeded_at")));
    }

    private static long count(Object number) {
        return ((Number) number).longValue();
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime at) {
        return at == null ? Optional.empty() : Optional.of(at.toInstant());
    }
}
