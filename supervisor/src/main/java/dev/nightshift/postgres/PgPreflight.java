package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Definitions;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Preflight;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.PreflightFacts.CronJobs;
import dev.nightshift.postgres.PreflightFacts.RunBefore;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.SqlState;
import dev.nightshift.run.Trouble;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/** Asks a database everything that a preflight needs, in one session that can write nothing. */
public final class PgPreflight {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = STATEMENT_TIMEOUT.plusSeconds(5);
    private static final String DOING = "checking the database before the first write";

    /** By which Rails multiplies the sum of a database's name. */
    private static final long RAILS_SALT = 2_053_462_845L;

    private final PgSessions sessions;

    public PgPreflight(PgSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Looks, and lets the facts be judged. Blocks.
     *
     * @param sql reads what the statements and migrations of the plan touch, once the session is known to be good
     * @throws Trouble when the database does not answer, or refuses the login
     */
    public PreflightReport look(
            Plan plan, Supplier<Fact<List<StepSql>>> sql, Function<PreflightFacts, PreflightReport> judge) {
        try (PgSession session =
                sessions.session(SessionSettings.reading("nightshift/supervisor/preflight", STATEMENT_TIMEOUT))) {
            return judge.apply(facts(session, new PlanTouches(plan, sql.get())));
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.PROTOCOL) {
                return Preflight.behindPooler(PgFailures.what(e));
            }
            throw PgFailures.trouble(e, DOING, Explanation.NOTHING_CHANGED);
        }
    }

    private static PreflightFacts facts(PgSession session, PlanTouches touches) {
        Plan plan = touches.plan();
        Row server = session.run(PreflightSql.SERVER, Tuple.tuple(), PATIENCE)
                .iterator()
                .next();
        Tuple tables = touches.tables().addLong(railsKey(plan.database().database()));
        Row around = session.run(PreflightSql.AROUND_TABLES, tables, PATIENCE)
                .iterator()
                .next();
        WalkChecks backfills = WalkChecks.of(session, plan, PreflightRows.wal(server));
        Optional<Row> run = server.getBoolean("journal")
                ? first(session.run(
                        PreflightSql.RUN_BEFORE, Tuple.of(plan.hash().hex()), PATIENCE))
                : Optional.empty();
        return new PreflightFacts(
                touches.work(backfills.forecasts()),
                PreflightRows.server(server),
                PreflightRows.replication(server, ReplayLook.standing(session)),
                PreflightRows.activity(server, around, liquibase(session, around)),
                definitions(session, touches, run),
                cron(session, server),
                new RunBefore(server.getBoolean("journal"), run.map(row -> new RunId(row.getString("id")))),
                PreflightRows.tables(around),
                backfills.problems(),
                ServerDisk.of(server));
    }

    private static CronJobs cron(PgSession session, Row server) {
        String cron = server.getString("cron");
        List<CronJobs.Job> jobs = new ArrayList<>();
        if ("readable".equals(cron)) {
            session.run(PreflightSql.CRON, Tuple.tuple(), PATIENCE)
                    .forEach(row -> jobs.add(new CronJobs.Job(row.getString("name"), row.getString("schedule"))));
        }
        return new CronJobs(jobs, "hidden".equals(cron));
    }

    private static Definitions definitions(PgSession session, PlanTouches touches, Optional<Row> run) {
        Optional<Map<String, String>> before =
                run.map(row -> row.getString("message")).flatMap(Definitions::parse);
        boolean ownSteps = run.map(row -> row.getBoolean("own_steps")).orElse(false);
        try {
            Map<String, String> now = new LinkedHashMap<>();
            session.run(PreflightSql.DEFINITIONS, touches.tables(), PATIENCE)
                    .forEach(row -> now.put(row.getString("name"), row.getString("hash")));
            return new Definitions(Fact.of(now), before, ownSteps);
        } catch (RuntimeException e) {
            if (SqlStates.of(e) != SqlState.LOCK_TIMEOUT) {
                throw e;
            }
            return new Definitions(
                    Fact.unknown(
                            "somebody's DDL keeps a touched table from being looked at",
                            "let that end first, see PF-LOCK-QUEUE and pg_locks"),
                    before,
                    ownSteps);
        }
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    private static List<String> liquibase(PgSession session, Row around) {
        List<String> held = new ArrayList<>();
        String table = around.getString("liquibase");
        if (table != null) {
            session.run(PreflightSql.liquibase(table), PATIENCE).forEach(row -> held.add(row.getString(0)));
        }
        return held;
    }

    private static long railsKey(String database) {
        CRC32 sum = new CRC32();
        sum.update(database.getBytes(StandardCharsets.UTF_8));
        return RAILS_SALT * sum.getValue();
    }
}
