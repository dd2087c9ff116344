package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Names the sessions that another one waits for; never their statements, which hold values. */
final class Blockers {

    private static final String NAMES = """
            SELECT format('session %s%s%s (%s%s)', a.pid, ' of ' || a.usename, ', ' || nullif(a.application_name, ''),
                coalesce(a.state, a.backend_type),
                ', transaction open for ' || round(extract(epoch FROM clock_timestamp() - a.xact_start)) || ' s') AS name
            FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.xact_start LIMIT 3""";

    private Blockers() {}

    /** Empty when it waits for nobody now, or that cannot be asked. */
    static String of(ControlLine line, int pid) {
        try {
            List<String> names = new ArrayList<>();
            for (Row row : line.ask("looking for blockers", NAMES, Tuple.of(pid))) {
                names.add(row.getString("name"));
            }
            return String.join(" and ", names);
        } catch (RuntimeException e) {
            return "";
        }
    }
}
