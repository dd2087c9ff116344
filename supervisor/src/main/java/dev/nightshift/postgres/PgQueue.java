package dev.nightshift.postgres;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Settlement;
import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Admission;
import dev.nightshift.queue.Approvals;
import dev.nightshift.queue.Submission;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.PlannedWindow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue in a database's journal. Who changes a run in it needs no lease: each change stands in one statement that
 * does nothing unless the run is still planned and as it was read, and its admission is such a change too.
 */
public final class PgQueue {

    private static final String QUEUE = "SELECT " + JournalRows.RUN_COLUMNS
            + ", r.priority, r.created_at, r.created_by, clock_timestamp() AS now, nightshift.is_this_server(r.submitted_on) AS same_server,"
            + " (SELECT jsonb_agg(a.person ORDER BY a.approved_at) FROM nightshift.approvals a WHERE a.run_id = r.id) AS people,"
            + " (SELECT jsonb_agg(to_jsonb(i) ORDER BY i.id) FROM nightshift.intents i"
            + "  WHERE i.run_id = r.id AND i.observed_at IS NULL) AS intents,"
            + " " + JournalRows.FREEZES + " AS freezes"
            + " FROM nightshift.runs r WHERE r.state = 'planned' AND ($1::text IS NULL OR r.id = $1)";

    private static final String THERE = "SELECT to_regclass('nightshift.runs') IS NOT NULL AS there";

    private static final String WAITING =
            "SELECT count(*)::integer AS waiting FROM nightshift.runs WHERE state = 'planned'";

    /** A person who lets it go on says so here: then it is this server that it was meant for. */
    private static final String SETTLE = """
            WITH moved AS (
                UPDATE nightshift.runs SET state = $4, detail = $5::jsonb, moves = moves + 1,
                    moved_at = CASE WHEN state = $4 THEN moved_at ELSE clock_timestamp() END,
                    submitted_on = CASE WHEN $6 = 'resume' THEN nightshift.this_server() ELSE submitted_on END,
                    ended_at = CASE WHEN $7 THEN clock_timestamp() END,
                    ended_lsn = CASE WHEN $7 THEN pg_current_wal_insert_lsn() END
                WHERE id = $1 AND moves = $2 AND state = 'planned' RETURNING id, plan_hash),
            seen AS (
                UPDATE nightshift.intents i SET observed_at = clock_timestamp(), outcome = $8
                FROM moved m WHERE i.id = $3 AND i.run_id = m.id AND i.observed_at IS NULL RETURNING i.*, m.plan_hash),
            approved AS (
                INSERT INTO nightshift.approvals (run_id, person, plan_hash, approved_by, approved_from, reason)
                SELECT run_id, $9, plan_hash, asked_by, asked_from, reason FROM seen WHERE $9::text IS NOT NULL
                ON CONFLICT DO NOTHING)
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT run_id, $10, $11, $12 FROM seen WHERE $10::text IS NOT NULL
            UNION ALL
            SELECT run_id, 'command', kind, asked_by || ' from ' || asked_from || ': ' || reason || ' -> ' || $8 FROM seen""";

    private final PgLine line;
    private final Map<RunId, Optional<Plan>> plans = new HashMap<>();

    public PgQueue(PgLine line) {
        this.line = line;
    }

    /** Which of the runs in the queue may begin, and why the others wait; by the database's clock. */
    public Future<Admission> look() {
        return rows(null).compose(rows -> new PgRuns(line).active().map(active -> admission(rows, active)));
    }

    /** As {@link #look}, once what people have asked of the runs in the queue is settled. */
    public Future<Admission> settleAndLook() {
        return settled(null).compose(v -> look());
    }

    /** How many runs wait; none where no journal is installed. */
    public Future<Integer> waiting() {
        return line.ask("looking for the journal", THERE, Tuple.tuple())
                .compose(rows -> rows.iterator().next().getBoolean("there")
                        ? line.ask("counting what waits", WAITING, Tuple.tuple())
                                .map(found -> found.iterator().next().getInteger("waiting"))
                        : Future.succeededFuture(0));
    }

    /** Settles what people have asked of a run, if it is in the queue. */
    public Future<Void> settle(RunId run) {
        return settled(run);
    }

    private Admission admission(List<Row> rows, Optional<RunRecord> active) {
        List<Submission> queue = rows.stream().map(this::submission).toList();
        plans.keySet().retainAll(queue.stream().map(one -> one.run().id()).toList());
        return rows.isEmpty()
                ? new Admission(List.of())
                : Admission.of(
                        queue,
                        active,
                        JournalRows.list(rows.get(0).getJsonArray("freezes"), JournalRows::freeze),
                        rows.get(0).getOffsetDateTime("now").toInstant());
    }

    private Future<Void> settled(@Nullable RunId run) {
        return rows(run)
                .compose(rows -> rows.stream()
                        .filter(row -> row.getJsonArray("intents") != null)
                        .findFirst()
                        .map(row -> settle(row).compose(v -> settled(run)))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<List<Row>> rows(@Nullable RunId run) {
        return line.ask("reading the queue", QUEUE, Tuple.of(run == null ? null : run.text()))
                .map(found -> StreamSupport.stream(found.spliterator(), false).toList());
    }

    /** The oldest command of one run; whoever was faster has settled it. */
    private Future<Void> settle(Row row) {
        Submission one = submission(row);
        RunRecord run = one.run();
        Intent intent = JournalRows.list(row.getJsonArray("intents"), JournalRows::intent)
                .get(0);
        int wanted = one.plan().map(Plan::approvers).orElse(0);
        Settlement settlement = Settlement.of(intent, run.state(), one.approvals(), wanted, run.planHash());
        Optional<Event> event = settlement.line();
        Tuple values = Tuple.of(run.id().text(), run.moves(), intent.id())
                .addString(settlement.next().word())
                .addValue(RunStates.detail(settlement.next()))
                .addString(intent.kind() == Intent.Kind.RESUME ? "resume" : "")
                .addBoolean(settlement.next().isEnd())
                .addString(settlement.outcome())
                .addString(settlement.approved() ? Approvals.person(intent.by()) : null)
                .addString(event.map(Event::kind).orElse(null))
                .addString(event.map(Event::subject).orElse(null))
                .addString(event.map(Event::message).orElse(null));
        return line.ask("settling a command to a run in the queue", SETTLE, values)
                .mapEmpty();
    }

    private Submission submission(Row row) {
        RunRecord run = JournalRows.run(row);
        return new Submission(
                run,
                plans.computeIfAbsent(run.id(), id -> PlannedWindow.plan(run)),
                row.getInteger("priority"),
                row.getOffsetDateTime("created_at").toInstant(),
                JournalRows.approvals(row, "created_by"),
                row.getBoolean("same_server"));
    }
}
