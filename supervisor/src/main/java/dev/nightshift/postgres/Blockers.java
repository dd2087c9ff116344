package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Names the sessions that another one waits for, or that wait for it; never their statements, which hold values. */
final class Blockers {

    private static final String NAMES = """
            SELECT format('session %s%s%s (%s%s)', a.pid, ' of ' || a.usename, ', ' || nullif(a.application_name, ''),
                coalesce(a.state, a.backend_type),
                ', transaction open for ' || round(extract(epoch FROM clock_timestamp() - a.xact_start)) || ' s') AS name
            FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.xact_start LIMIT 3""";

    /** A moment is how locks work; of a second it is a queue. */
    private static final String BEHIND = """
            SELECT format('session %s%s%s, which had waited %s s', a.pid, ' of ' || a.usename,
                ', ' || nullif(a.application_name, ''), round(extract(epoch FROM w.waited), 1)) AS name
            FROM pg_stat_activity a, LATERAL (SELECT clock_timestamp() - coalesce(
                (SELECT min(l.waitstart) FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted), a.query_start) AS waited) w
            WHERE a.wait_event_type = 'Lock' AND a.backend_type = 'client backend' AND w.waited >= interval '1 s'
              AND NOT starts_with(a.application_name, 'nightshift/') AND $1 = ANY (pg_blocking_pids(a.pid))
            ORDER BY w.waited DESC LIMIT 3""";

    private Blockers() {}

    /** Empty when it waits for nobody now, or that cannot be asked. */
    static String of(ControlLine line, int pid) {
        return names(line, NAMES, pid);
    }

    /** Who has waited for this session for a second or more; empty when nobody has, or that cannot be asked. */
    static String behind(ControlLine line, int pid) {
        return names(line, BEHIND, pid);
    }

    private static String names(ControlLine line, String sql, int pid) {
        try {
            List<String> names = new ArrayList<>();
            for (Row row : line.ask("looking for blockers", sql, Tuple.of(pid))) {
                names.add(row.getString("name"));
            }
            return String.join(" and ", names);
        } catch (RuntimeException e) {
            return "";
        }
    }
}
