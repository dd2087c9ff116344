package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;

/** Ends sessions of a run and sees them gone. */
final class RunSessions {

    private static final int MOST_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Longer than the processes of a tool live whose worker has gone. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Whether session {@code a} is one that a tool of run {@code %s} opened under another name than it was told. */
    static final String OF_ITS_TOOLS = """
            EXISTS (SELECT FROM nightshift.steps s
                CROSS JOIN LATERAL jsonb_to_recordset(s.detail -> 'sessions') AS t (pid integer, start timestamptz)
                WHERE s.run_id = %s AND t.pid = a.pid AND t.start = a.backend_start)""";

    private static final String END_OTHERS = """
            SELECT count(*) AS found, count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 2000)) AS left
            FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid()
              AND (starts_with(a.application_name, $1) AND NOT starts_with(a.application_name, $2)
                OR %s)""".formatted(OF_ITS_TOOLS.formatted("$3"));

    private static final String TOOL_LEFT = """
            SELECT FROM nightshift.steps s WHERE s.run_id = $1 AND s.kind = 'external' AND s.detail ? 'sent'""";

    private static final String END_NAMESAKES = """
            SELECT count(*) AS found, count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 2000)) AS left
            FROM pg_stat_activity a
            WHERE a.application_name = $1 AND a.pid <> pg_backend_pid()""";

    private RunSessions() {}

    /** Ends every session of the run whose epoch is not {@code epoch}. */
    static void endOthers(PgSession session, RunId run, long epoch) {
        boolean ignored = end(session, END_OTHERS, others(run, epoch));
    }

    /**
     * As {@link #endOthers}; where nobody has seen the end of a tool, it returns when no session of it has come for a
     * while, since a tool knows no epoch and may connect again until its processes are gone.
     */
    static void endOthersForGood(PgSession session, RunId run, long epoch) {
        endOthers(session, run, epoch);
        if (session.run(TOOL_LEFT, Tuple.of(run.text()), PATIENCE).size() == 0) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        long quiet = System.nanoTime();
        while (System.nanoTime() - quiet < QUIET.toNanos()) {
            pause();
            boolean came = end(session, END_OTHERS, others(run, epoch));
            quiet = came ? System.nanoTime() : quiet;
            if (System.nanoTime() > end) {
                throw stillThere();
            }
        }
    }

    private static Tuple others(RunId run, long epoch) {
        String prefix = Claim.sessionPrefix(run);
        return Tuple.of(prefix, prefix + epoch + "/", run.text());
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionLost("interrupted", new IOException(e));
        }
    }

    /** Ends what an earlier connection under the same name may have left running. */
    static void endNamesakes(PgSession session) {
        boolean ignored = end(session, END_NAMESAKES, Tuple.of(session.name()));
    }

    /** Whether there were any. */
    private static boolean end(PgSession session, String sql, Tuple values) {
        boolean found = false;
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            Row row = session.run(sql, values, PATIENCE).iterator().next();
            found |= row.getLong("found") > 0;
            if (row.getLong("left") == 0) {
                return found;
            }
        }
        throw stillThere();
    }

    private static Transient stillThere() {
        return new Transient(new Explanation(
                "earlier sessions of the run do not end",
                "ending them with pg_terminate_backend",
                "what they have in flight may still commit",
                "look at pg_stat_activity where application_name begins with nightshift/"));
    }
}
