package dev.nightshift.postgres;

import dev.nightshift.cli.Tracing;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.view.StatementTrace;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Traces in a database that nobody else uses, and refuses any other. */
public final class PgTracing implements Tracing {

    private static final String DOING = "tracing";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WHO_ELSE = """
            SELECT (SELECT count(*) FROM pg_stat_activity a
                    WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()) AS sessions,
                   (SELECT count(*) FROM pg_stat_replication) AS standbys,
                   to_regclass('nightshift.runs') IS NOT NULL AS journal""";

    private final Function<DatabaseUrl, PgSessions> databases;

    public PgTracing(Function<DatabaseUrl, PgSessions> databases) {
        this.databases = databases;
    }

    @Override
    public boolean trace(DatabaseUrl scratch, List<Script> scripts, Consumer<StatementTrace> each) {
        PgSessions sessions = databases.apply(scratch);
        try (PgSession session = sessions.session(SessionSettings.script("nightshift/trace"))) {
            refuseUnlessScratch(session, scratch);
            try (PgSession beside = sessions.session(SessionSettings.script("nightshift/trace/watch"))) {
                for (Script script : scripts) {
                    if (!new ScriptTrace(session, beside, script).run(each)) {
                        return false;
                    }
                }
                return true;
            }
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, DOING, "the scratch database is as the statements before left it");
        }
    }

    private static void refuseUnlessScratch(PgSession session, DatabaseUrl scratch) {
        Row found = session.run(WHO_ELSE, PATIENCE).iterator().next();
        List<String> against = new ArrayList<>();
        if (found.getLong("sessions") > 0) {
            against.add("other sessions use it: " + found.getLong("sessions"));
        }
        if (found.getLong("standbys") > 0) {
            against.add("its server feeds standbys or other receivers: " + found.getLong("standbys"));
        }
        if (found.getBoolean("journal")) {
            against.add("it holds a journal of Nightshift");
        }
        if (!against.isEmpty()) {
            throw new Permanent(new Explanation(
                    "database " + scratch.database() + " is no scratch database: " + String.join("; ", against),
                    DOING,
                    Explanation.NOTHING_CHANGED,
                    "make one on a server of its own (createdb scratch; pg_dump --schema-only … | psql scratch), since"
                            + " every statement is carried out"));
        }
    }
}
