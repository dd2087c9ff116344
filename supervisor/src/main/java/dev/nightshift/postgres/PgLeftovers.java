package dev.nightshift.postgres;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Leftovers;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops invalid indexes that were not there before the run, that the role owns and that nobody is building. Where the
 * plan names every index that it builds only those are looked at.
 */
public final class PgLeftovers implements Leftovers {

    private static final String FIND = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
            FROM nightshift.steps s, pg_index x
            JOIN pg_class c ON c.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE s.run_id = $1 AND s.ordinal = 0 AND s.detail ? 'invalid_before'
              AND NOT s.detail -> 'invalid_before' @> to_jsonb(x.indexrelid::bigint)
              AND NOT x.indisvalid AND c.relkind = 'i' AND n.nspname <> 'pg_toast' AND pg_has_role(c.relowner, 'USAGE')
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = x.indexrelid)
              AND ($2 OR n.nspname || '.' || c.relname = ANY ($3))
            ORDER BY 1""";

    private final PgSessions sessions;

    public PgLeftovers(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<String> clearAway(Plan plan, Attempt attempt) {
        SessionSettings settings = SessionSettings.patient(attempt.sessionName("clear"));
        try (ControlLine beside = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("beside")));
                PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            List<String> left = new ArrayList<>();
            for (String index : find(plan, attempt, session)) {
                drop(index, attempt, session, beside, left);
            }
            return left;
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "clearing away invalid indexes", "they cost every writer and serve nobody");
        }
    }

    private static List<String> find(Plan plan, Attempt attempt, PgSession session) {
        List<String> named = new ArrayList<>();
        boolean all = false;
        for (var step : plan.steps()) {
            all |= step instanceof SchemaStep || step instanceof ExternalStep;
            if (step instanceof StatementStep statement && statement.statement().runsOutsideTransaction()) {
                all |= IndexStatement.of(statement.sql()).isEmpty();
                IndexStatement.of(statement.sql()).ifPresent(i -> named.add(i.schema() + "." + i.name()));
            }
        }
        Tuple values = Tuple.of(attempt.claim().run().text(), all).addArrayOfString(named.toArray(String[]::new));
        List<String> found = new ArrayList<>();
        for (Row row : session.run(FIND, values, ControlLine.PATIENCE)) {
            found.add(row.getString("name"));
        }
        return found;
    }

    private static void drop(String index, Attempt attempt, PgSession session, ControlLine beside, List<String> left) {
        String sql = "DROP INDEX CONCURRENTLY IF EXISTS " + index;
        StatementWatch watch = new StatementWatch(beside, attempt.activity(), sql, false);
        try {
            RunningStatement.start(session, sql).await(beside, attempt.stop(), watch);
        } catch (RuntimeException e) {
            String why = watch.blocker().isEmpty() ? PgFailures.what(e) : "waits for " + watch.blocker();
            left.add(sql + "; -- invalid index: " + why);
        }
    }
}
