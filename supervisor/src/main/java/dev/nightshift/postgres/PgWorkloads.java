package dev.nightshift.postgres;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Journal;
import dev.nightshift.drive.Stopped;
import dev.nightshift.drive.WorkloadRecords;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The journal's rows of stopped workloads; each write stands in one statement that the lease has to allow. */
public final class PgWorkloads implements WorkloadRecords {

    private static final String LEASE_IS_MINE =
            " EXISTS (SELECT FROM nightshift.lease l WHERE l.token = $1 AND l.expires_at > clock_timestamp()) ";

    private static final String ROW = " run_id = $2 AND step = $3 AND namespace = $4 AND kind = $5 AND name = $6 ";

    /** What is down already keeps the replicas that it had when it was first written down. */
    private static final String ASKS = """
            INSERT INTO nightshift.workloads AS w (run_id, step, namespace, kind, name, replicas, keep_down)
            SELECT $2, $3, $4, $5, $6, CASE WHEN $7 > 0 THEN $7 ELSE coalesce(
                (SELECT o.replicas FROM nightshift.workloads o
                 WHERE o.namespace = $4 AND o.kind = $5 AND o.name = $6 AND o.back_at IS NULL
                 ORDER BY o.asked_at LIMIT 1), 0) END, $8
            FROM nightshift.runs r WHERE r.id = $2 AND r.state = 'working' AND""" + LEASE_IS_MINE + """
            ON CONFLICT (run_id, step, namespace, kind, name) DO UPDATE
            SET replicas = excluded.replicas, keep_down = excluded.keep_down, asked_at = clock_timestamp(),
                stopped_at = NULL, back_at = NULL, refused = NULL,
                images = CASE WHEN w.back_at IS NULL THEN w.images ELSE '{}' END
            RETURNING replicas""";

    private static final String CONFIRMED =
            "UPDATE nightshift.workloads SET stopped_at = clock_timestamp() WHERE" + ROW + "AND" + LEASE_IS_MINE;

    private static final String IS_BACK = "SELECT FROM nightshift.workloads WHERE run_id = $1 AND step = $2"
            + " AND namespace = $3 AND kind = $4 AND name = $5 AND back_at IS NOT NULL";

    /** What it had before the first change counts. */
    private static final String IMAGES =
            "UPDATE nightshift.workloads SET images = $7::jsonb || images WHERE" + ROW + "AND" + LEASE_IS_MINE;

    private static final String BACK = """
            WITH back AS (
                UPDATE nightshift.workloads SET back_at = clock_timestamp(), refused = NULL
                WHERE""" + ROW + "AND" + LEASE_IS_MINE + """
                RETURNING run_id, step)
            UPDATE nightshift.steps s SET state = 'pending'
            FROM back, nightshift.runs r
            WHERE $7 AND s.run_id = back.run_id AND s.ordinal = back.step AND s.state IN ('done', 'running')
              AND r.id = s.run_id AND r.state NOT IN ('aborting', 'aborted', 'abort-incomplete')""";

    private static final String REFUSED =
            "UPDATE nightshift.workloads SET refused = $7 WHERE" + ROW + "AND" + LEASE_IS_MINE;

    private static final String ANSWER = """
            UPDATE nightshift.steps SET detail = detail || jsonb_build_object('answer', $4::jsonb)
            WHERE run_id = $2 AND ordinal = $3 AND state = 'running' AND detail -> 'answer' IS DISTINCT FROM $4::jsonb
              AND""" + LEASE_IS_MINE;

    private static final String THEIRS = """
            FROM pg_stat_activity a
            WHERE a.backend_type = 'client backend' AND a.datname = current_database()
              AND NOT starts_with(a.application_name, 'nightshift/') AND a.pid <> pg_backend_pid()
              AND ($1::text IS NULL OR a.usename = $1) AND ($2::text IS NULL OR a.application_name = $2)""";

    private static final String SESSIONS = """
            SELECT format('session %s of %s (%s) from %s, %s', a.pid, a.usename, a.application_name,
                          coalesce(host(a.client_addr), 'a local socket'), a.state) AS who
            """ + THEIRS + " ORDER BY a.backend_start LIMIT 10";

    private static final String TERMINATE =
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid))::integer AS ended " + THEIRS;

    private final PgLine line;
    private final Journal journal;
    private final UUID lease;

    public PgWorkloads(PgLine line, Journal journal, UUID lease) {
        this.line = line;
        this.journal = journal;
        this.lease = lease;
    }

    @Override
    public Future<Void> asks(RunId run, Stopped stopped) {
        Tuple values = key(run, stopped).addInteger(stopped.replicas()).addBoolean(stopped.keepDown());
        return line.ask("writing down a workload before it is stopped", ASKS, values)
                .compose(rows -> rows.size() == 0 ? notNow() : Future.succeededFuture());
    }

    private static Future<Void> notNow() {
        return Future.failedFuture(new Transient(new Explanation(
                "the run is not at work any more",
                "writing down a workload before it is stopped",
                "the workload was not touched",
                "nothing: it is looked at again when the run goes on")));
    }

    @Override
    public Future<Boolean> confirmed(RunId run, Stopped stopped) {
        return line.ask("writing down that a workload is stopped", CONFIRMED, key(run, stopped))
                .map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Future<Boolean> isBack(RunId run, Stopped stopped) {
        return line.ask("looking whether a workload is back", IS_BACK, place(Tuple.tuple(), run, stopped))
                .map(rows -> rows.size() > 0);
    }

    @Override
    public Future<Void> images(RunId run, Stopped stopped, Map<String, String> before) {
        Tuple values = key(run, stopped).addJsonObject(new JsonObject(new LinkedHashMap<>(before)));
        return line.ask("writing down images before they are changed", IMAGES, values)
                .compose(rows -> rows.rowCount() == 0 ? notNow() : Future.succeededFuture());
    }

    @Override
    public Future<Void> back(RunId run, Stopped stopped, boolean reopens) {
        return line.ask(
                        "writing down that a workload is back",
                        BACK,
                        key(run, stopped).addBoolean(reopens))
                .mapEmpty();
    }

    @Override
    public Future<Void> refused(RunId run, Stopped stopped, String why) {
        return line.ask(
                        "writing down that a workload cannot be brought back",
                        REFUSED,
                        key(run, stopped).addString(why))
                .mapEmpty();
    }

    @Override
    public Future<Void> answer(RunId run, int step, StepReply answer) {
        return line.ask(
                        "answering a worker",
                        ANSWER,
                        Tuple.of(lease, run.text(), step).addJsonObject(WorkloadRows.answer(answer)))
                .mapEmpty();
    }

    @Override
    public Future<List<String>> sessions(TakeDown.Sessions sessions) {
        return line.ask("looking for the application's sessions", SESSIONS, of(sessions))
                .map(rows -> {
                    List<String> who = new ArrayList<>();
                    for (Row row : rows) {
                        who.add(row.getString("who"));
                    }
                    return who;
                });
    }

    @Override
    public Future<Integer> terminate(TakeDown.Sessions sessions) {
        return line.ask("ending the application's sessions", TERMINATE, of(sessions))
                .map(rows -> rows.iterator().next().getInteger("ended"));
    }

    @Override
    public Future<Void> note(RunId run, Event event) {
        return journal.note(run, event);
    }

    private static Tuple of(TakeDown.Sessions sessions) {
        return Tuple.tuple()
                .addString(sessions.user().orElse(null))
                .addString(sessions.applicationName().orElse(null));
    }

    private Tuple key(RunId run, Stopped stopped) {
        return place(Tuple.of(lease), run, stopped);
    }

    private static Tuple place(Tuple before, RunId run, Stopped stopped) {
        return before.addString(run.text())
                .addInteger(stopped.step())
                .addString(stopped.namespace())
                .addString(WorkloadRows.kind(stopped.workload()))
                .addString(stopped.workload().name());
    }
}
