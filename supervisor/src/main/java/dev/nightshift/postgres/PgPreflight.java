package dev.nightshift.postgres;

import dev.nightshift.drive.PreflightChecks;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.time.Clock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server and the role must be able to do before a run begins, and what its steps need of what they find. Reads
 * only.
 */
public final class PgPreflight implements PreflightChecks {

    private static final String DOING = "checking the database before the first write";

    private static final String FACTS = """
            SELECT pg_has_role(current_user, 'pg_monitor', 'USAGE') AS monitor,
                   current_user::text AS role,
                   current_setting('server_version_num')::integer AS version,
                   current_setting('synchronous_standby_names') AS sync_names,
                   (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum', 'potential')) AS sync_standbys,
                   (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS sessions,
                   current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
                       AS connections""";

    private static final Pattern SYNC_COUNT = Pattern.compile("(?i)\\s*(?:FIRST|ANY)?\\s*(\\d+)\\s*\\(.*");
    private static final int OLDEST_SERVER = 140_000;
    private static final int CONNECTIONS_OF_A_RUN = 8;

    private final PgLine line;
    private final Function<Plan, Future<List<Explanation>>> tables;
    private final Clock clock;

    /**
     * @param tables what stands in the way of the plan's steps
     */
    public PgPreflight(PgLine line, Function<Plan, Future<List<Explanation>>> tables, Clock clock) {
        this.line = line;
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public Future<List<Explanation>> problems(Plan plan) {
        return line.ask(DOING, FACTS, Tuple.tuple()).compose(rows -> {
            List<Explanation> problems = server(rows.iterator().next(), plan);
            return tables.apply(plan).map(more -> {
                problems.addAll(more);
                return problems;
            });
        });
    }

    private List<Explanation> server(Row facts, Plan plan) {
        List<Explanation> problems = new ArrayList<>();
        if (facts.getInteger("version") < OLDEST_SERVER) {
            problems.add(problem(
                    "PF-VERSION: server version " + facts.getInteger("version") / 10_000 + " < 14",
                    "use PostgreSQL 14 or later"));
        }
        if (!facts.getBoolean("monitor") && !waived(plan, "PF-ROLE")) {
            String role = facts.getString("role");
            problems.add(problem(
                    "PF-ROLE: role " + role + " lacks pg_monitor, so replicas and sessions cannot be seen",
                    "GRANT pg_monitor TO " + role));
        }
        String names = facts.getString("sync_names");
        long standbys = facts.getLong("sync_standbys");
        if (!names.isBlank() && standbys <= needed(names) && !waived(plan, "PF-SYNC-STANDBY")) {
            problems.add(problem(
                    "PF-SYNC-STANDBY: synchronous standbys " + standbys + " <= " + needed(names)
                            + " needed: when one goes away every commit hangs",
                    "add a synchronous standby, or waive PF-SYNC-STANDBY in the plan with a reason"));
        }
        long free = facts.getInteger("connections") - facts.getLong("sessions");
        if (free < CONNECTIONS_OF_A_RUN && !waived(plan, "PF-CONNECTIONS")) {
            problems.add(problem(
                    "PF-CONNECTIONS: free connections " + free + " < " + CONNECTIONS_OF_A_RUN,
                    "free connections or raise max_connections"));
        }
        return problems;
    }

    private static int needed(String names) {
        Matcher count = SYNC_COUNT.matcher(names);
        return count.matches() ? Integer.parseInt(count.group(1)) : 1;
    }

    private boolean waived(Plan plan, String id) {
        LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
        return plan.waivers().stream().anyMatch(w -> w.id().equals(id) && w.holdsOn(today));
    }

    private static Explanation problem(String what, String todo) {
        return new Explanation(what, DOING, Explanation.NOTHING_CHANGED, todo);
    }
}
