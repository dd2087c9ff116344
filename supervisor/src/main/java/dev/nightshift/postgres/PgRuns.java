package dev.nightshift.postgres;

import dev.nightshift.drive.Runs;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.StatementClass;
import dev.nightshift.plan.Step;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The runs of a database, in its journal. */
public final class PgRuns implements Runs {

    /** Run, steps and claim in one statement: a run is there as a whole or not at all. */
    private static final String BEGIN = """
            WITH free AS (SELECT NOT EXISTS (SELECT FROM nightshift.runs WHERE ended_at IS NULL) AS is_free),
            run AS (
                INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, created_by)
                SELECT $1, $2, $3, $4, $5, $6 FROM free WHERE is_free RETURNING id),
            step AS (
                INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class)
                SELECT run.id, s.* FROM run,
                    jsonb_to_recordset($7) AS s (part text, ordinal integer, name text, kind text, class text)),
            claim AS (INSERT INTO nightshift.claims (run_id) SELECT id FROM run),
            event AS (INSERT INTO nightshift.events (run_id, kind, subject, message)
                      SELECT id, 'state', 'planned', 'plan ' || $2 || ' by ' || $6 FROM run)
            SELECT id FROM run""";

    private static final String FOUND = "UPDATE nightshift.runs SET findings = $2 WHERE id = $1";

    private static final String FIND = "SELECT " + JournalRows.RUN_COLUMNS + " FROM nightshift.runs r ";

    private final PgLine line;

    public PgRuns(PgLine line) {
        this.line = line;
    }

    @Override
    public Future<RunRecord> begin(RunId id, Plan plan, String planFile, String by) {
        Tuple values = Tuple.of(id.text(), plan.name(), plan.hash().hex(), plan.source(), planFile, by)
                .addValue(steps(plan));
        return line.ask("beginning the run", BEGIN, values)
                .compose(rows -> rows.rowCount() == 0
                        ? active().compose(other -> Future.failedFuture(occupied(other)))
                        : Future.succeededFuture(new RunRecord(
                                id, plan.name(), plan.hash().hex(), plan.source(), planFile, 0, new Planned())));
    }

    /** Keeps what the linter found in the run's plan: a JSON array, for people to read later. */
    public Future<Void> found(RunId run, String findings) {
        Tuple values = Tuple.of(run.text(), new JsonArray(findings));
        return line.ask("keeping what the linter found", FOUND, values).mapEmpty();
    }

    @Override
    public Future<Optional<RunRecord>> active() {
        return first(FIND + "WHERE r.ended_at IS NULL");
    }

    @Override
    public Future<Optional<RunRecord>> latest() {
        return first(FIND + "ORDER BY r.created_at DESC LIMIT 1");
    }

    private Future<Optional<RunRecord>> first(String sql) {
        return line.ask("looking for runs", sql, Tuple.tuple())
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
        return new Permanent(new Explanation(
                who + "; one run at a time works on a database",
                "beginning a new run",
                Explanation.NOTHING_CHANGED,
                "see `nightshift status`; resume, abort or wait for that run first"));
    }
}
