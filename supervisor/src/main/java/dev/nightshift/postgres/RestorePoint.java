package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The place in the WAL just before a run's first write, by which a DBA can go back; named on the server where it may be. */
final class RestorePoint {

    private static final String DOING = "marking the place before the first write";

    private static final String FACTS = """
            SELECT current_user::text AS role, pg_current_wal_insert_lsn()::text AS lsn,
                   ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::integer AS timeline,
                   has_function_privilege('pg_catalog.pg_create_restore_point(text)', 'EXECUTE') AS may,
                   current_setting('wal_level') <> 'minimal' AS restorable,
                   (SELECT a.last_archived_wal FROM pg_stat_archiver a) AS archived,
                   EXISTS (SELECT FROM nightshift.events e WHERE e.run_id = $1 AND e.kind = 'restore-point') AS marked""";

    private static final String CREATE = "SELECT pg_create_restore_point($1)::text AS lsn";

    private static final String NOTE = """
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT c.run_id, 'restore-point', $4, $5 FROM nightshift.claims c
            WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3""";

    private RestorePoint() {}

    static String name(Claim claim) {
        return "nightshift/" + claim.run() + "/before";
    }

    static void mark(ControlLine line, Claim claim) {
        Row facts = first(line, FACTS, Tuple.of(claim.run().text()));
        if (facts.getBoolean("marked")) {
            return;
        }
        boolean creates = facts.getBoolean("may") && facts.getBoolean("restorable");
        String lsn = creates ? first(line, CREATE, Tuple.of(name(claim))).getString("lsn") : facts.getString("lsn");
        String archived = Optional.ofNullable(facts.getString("archived"))
                .map(segment -> "last archived segment " + segment)
                .orElse("nothing archived yet");
        String message = "before the first write: " + lsn + " on timeline " + facts.getInteger("timeline") + ", "
                + archived + (creates ? "" : "; no restore point, " + why(facts));
        line.ask(
                DOING,
                NOTE,
                Tuple.of(claim.run().text(), claim.epoch(), claim.token(), creates ? name(claim) : "", message));
    }

    private static String why(Row facts) {
        return facts.getBoolean("may")
                ? "wal_level is minimal"
                : "role " + facts.getString("role") + " may not call pg_create_restore_point";
    }

    private static Row first(ControlLine line, String sql, Tuple values) {
        return line.ask(DOING, sql, values).iterator().next();
    }
}
