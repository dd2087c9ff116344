package dev.nightshift.postgres;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Runs;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.StatementClass;
import dev.nightshift.plan.Step;
import dev.nightshift.queue.Approvals;
import dev.nightshift.queue.Order;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Waiting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The runs of a database, in its journal. */
public final class PgRuns implements Runs {

    /** Run, steps and claim in one statement: a run is there as a whole or not at all. */
    private static final String WRITE = """
            run AS (
                INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state, detail, priority,
                    submitted_on, again, created_by, created_from)
                SELECT $1, $2, $3, $4, $5, $6, $7::jsonb, $8::integer,
                    CASE WHEN $6 = 'planned' THEN nightshift.this_server() END, $9::text, $10, $11
                FROM free WHERE is_free ON CONFLICT DO NOTHING RETURNING id),
            step AS (
                INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class)
                SELECT run.id, s.* FROM run,
                    jsonb_to_recordset($12) AS s (part text, ordinal integer, name text, kind text, class text)),
            claim AS (INSERT INTO nightshift.claims (run_id) SELECT id FROM run),
            event AS (INSERT INTO nightshift.events (run_id, kind, subject, message)
                      SELECT id, 'state', $6, 'plan ' || $2 || ' by ' || $10 || coalesce(', again: ' || $9, '') FROM run)
            """;

    private static final String BEGIN = """
            WITH free AS (SELECT NOT EXISTS (SELECT FROM nightshift.runs
                WHERE ended_at IS NULL AND (state <> 'planned' OR plan_hash = $3)) AS is_free),
            """ + WRITE + "SELECT id FROM run";

    /** A run that another process writes meanwhile is not seen here: then nothing is answered. */
    private static final String SUBMIT = """
            WITH twin AS (SELECT id, state FROM nightshift.runs WHERE ended_at IS NULL AND plan_hash = $3),
            done AS (SELECT id, state FROM nightshift.runs WHERE state = 'succeeded' AND plan_hash = $3 AND $9::text IS NULL
                     ORDER BY ended_at DESC LIMIT 1),
            free AS (SELECT NOT EXISTS (SELECT FROM twin) AND NOT EXISTS (SELECT FROM done) AS is_free),
            """ + WRITE + """
            SELECT 'SUBMITTED' AS outcome, id, 'planned' AS state FROM run
            UNION ALL SELECT 'ALREADY', id, state FROM twin
            UNION ALL SELECT 'SUCCEEDED', id, state FROM done WHERE NOT EXISTS (SELECT FROM twin)""";

    private static final String NOTE =
            "INSERT INTO nightshift.events (run_id, kind, subject, message) VALUES ($1, $2, $3, $4)";

    private static final int TRIES_TO_SUBMIT = 5;

    private static final String FOUND = "UPDATE nightshift.runs SET findings = $2 WHERE id = $1";

    private static final String FIND = "SELECT " + JournalRows.RUN_COLUMNS + " FROM nightshift.runs r ";

    private final PgLine line;

    public PgRuns(PgLine line) {
        this.line = line;
    }

    @Override
    public Future<RunRecord> begin(RunId id, Plan plan, String planFile, String by) {
        RunState state = new Waiting(unapproved(plan, by));
        Order order = new Order(id, plan, planFile, 0, Optional.empty(), by, "");
        return line.ask("beginning the run", BEGIN, values(order, state))
                .compose(rows -> rows.rowCount() == 0
                        ? inTheWay(plan).compose(other -> Future.failedFuture(occupied(other)))
                        : Future.succeededFuture(
                                new RunRecord(id, plan.name(), plan.hash().hex(), plan.source(), planFile, 0, state)));
    }

    @Override
    public Future<Receipt> submit(Order order, List<Event> notes) {
        return submit(order, TRIES_TO_SUBMIT)
                .compose(receipt -> receipt.outcome() == Receipt.Outcome.SUBMITTED
                        ? note(receipt, notes)
                        : Future.succeededFuture(receipt));
    }

    private Future<Receipt> note(Receipt receipt, List<Event> notes) {
        Future<Receipt> all = Future.succeededFuture(receipt);
        for (Event note : notes) {
            Tuple values = Tuple.of(receipt.run().text(), note.kind(), note.subject(), note.message());
            all = all.compose(
                    v -> line.ask("writing to the run's history", NOTE, values).map(receipt));
        }
        return all;
    }

    private Future<Receipt> submit(Order order, int tries) {
        Plan plan = order.plan();
        return line.ask("submitting the plan", SUBMIT, values(order, new Planned(unapproved(plan, order.by()))))
                .compose(rows -> {
                    if (rows.size() > 0) {
                        return Future.succeededFuture(
                                receipt(plan, rows.iterator().next()));
                    }
                    return tries > 1 ? submit(order, tries - 1) : Future.failedFuture(crowded());
                });
    }

    private static Receipt receipt(Plan plan, Row row) {
        return new Receipt(
                Receipt.Outcome.valueOf(row.getString("outcome")),
                new RunId(row.getString("id")),
                plan.name(),
                plan.hash().hex(),
                row.getString("state"));
    }

    private static Holders unapproved(Plan plan, String by) {
        return new Approvals(by, List.of())
                .missing(plan.approvers(), plan.hash().hex())
                .map(Holders.NONE::with)
                .orElse(Holders.NONE);
    }

    private static Tuple values(Order order, RunState state) {
        Plan plan = order.plan();
        return Tuple.of(
                        order.id().text(),
                        plan.name(),
                        plan.hash().hex(),
                        plan.source(),
                        order.planFile(),
                        state.word())
                .addValue(RunStates.detail(state))
                .addInteger(order.priority())
                .addString(order.again().orElse(null))
                .addString(order.by())
                .addString(order.from())
                .addValue(steps(plan));
    }

    /** Keeps what the linter found in the run's plan: a JSON array, for people to read later. */
    public Future<Void> found(RunId run, String findings) {
        Tuple values = Tuple.of(run.text(), new JsonArray(findings));
        return line.ask("keeping what the linter found", FOUND, values).mapEmpty();
    }

    @Override
    public Future<Optional<RunRecord>> active() {
        return first(FIND + "WHERE r.ended_at IS NULL AND r.state <> 'planned'", Tuple.tuple());
    }

    private Future<Optional<RunRecord>> inTheWay(Plan plan) {
        return first(
                FIND + "WHERE r.ended_at IS NULL AND (r.state <> 'planned' OR r.plan_hash = $1)"
                        + " ORDER BY r.state = 'planned' LIMIT 1",
                Tuple.of(plan.hash().hex()));
    }

    @Override
    public Future<Optional<RunRecord>> latest() {
        return first(FIND + "ORDER BY r.created_at DESC LIMIT 1", Tuple.tuple());
    }

    private Future<Optional<RunRecord>> first(String sql, Tuple values) {
        return line.ask("looking for runs", sql, values)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(JournalRows.run(rows.iterator().next())));
    }

    private static JsonArray steps(Plan plan) {
        JsonArray all = new JsonArray();
        add(all, "work", plan.steps());
        add(all, "abort", plan.abort());
        return all;
    }

    private static void add(JsonArray all, String part, List<Step> steps) {
        for (Step step : steps) {
            all.add(new JsonObject()
                    .put("part", part)
                    .put("ordinal", all.size())
                    .put("name", step.name())
                    .put("kind", step.kind())
                    .put("class", word(step.statementClass())));
        }
    }

    private static String word(StatementClass statementClass) {
        return statementClass.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Permanent occupied(Optional<RunRecord> other) {
        String who = other.map(r -> "run " + r.id() + " of plan " + r.planName() + " is "
                        + r.state().word())
                .orElse("another run is active");
        boolean queued = other.map(r -> r.state() instanceof Planned).orElse(false);
        return new Permanent(new Explanation(
                who + (queued ? ": the same text waits in the queue" : "; one run at a time works on a database"),
                "beginning a new run",
                Explanation.NOTHING_CHANGED,
                queued
                        ? "let `nightshift serve` carry it out, or abort it there first"
                        : "see `nightshift status`; resume, abort or wait for that run first"));
    }

    private static Transient crowded() {
        return new Transient(new Explanation(
                "other runs of the same plan came and went meanwhile",
                "submitting the plan",
                Explanation.NOTHING_CHANGED,
                "submit it again"));
    }
}
