package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Ends sessions of a run and sees them gone. */
final class RunSessions {

    private static final int MOST_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String END_OTHERS = """
            SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 2000)) AS left
            FROM pg_stat_activity a
            WHERE starts_with(a.application_name, $1) AND NOT starts_with(a.application_name, $2)
              AND a.pid <> pg_backend_pid()""";

    private static final String END_NAMESAKES = """
            SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 2000)) AS left
            FROM pg_stat_activity a
            WHERE a.application_name = $1 AND a.pid <> pg_backend_pid()""";

    private RunSessions() {}

    /** Ends every session of the run whose epoch is not {@code epoch}. */
    static void endOthers(PgSession session, RunId run, long epoch) {
        String prefix = Claim.sessionPrefix(run);
        end(session, END_OTHERS, Tuple.of(prefix, prefix + epoch + "/"));
    }

    /** Ends what an earlier connection under the same name may have left running. */
    static void endNamesakes(PgSession session) {
        end(session, END_NAMESAKES, Tuple.of(session.name()));
    }

    private static void end(PgSession session, String sql, Tuple values) {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            RowSet<Row> rows = session.run(sql, values, PATIENCE);
            if (rows.iterator().next().getLong("left") == 0) {
                return;
            }
        }
        throw new Transient(new Explanation(
                "earlier sessions of the run do not end",
                "ending them with pg_terminate_backend",
                "what they have in flight may still commit",
                "look at pg_stat_activity where application_name begins with nightshift/"));
    }
}
