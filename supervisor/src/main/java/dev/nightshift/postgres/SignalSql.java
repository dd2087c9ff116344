package dev.nightshift.postgres;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of the sample that answer rows of signal, subject, value and note. A part answers no row where its signal
 * does not apply, and a row without a value where it is not known. All see {@code act}, the server's sessions;
 * {@code own}, the run's; {@code slots}; and {@code here}, the position.
 */
final class SignalSql {

    /** Whether the columns of other roles' sessions are shown; hidden, they are null and would count as nothing. */
    static final String SEES_ALL = "pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')";

    /**
     * By the number of the last segment that was archived, so that no directory is read. Where none was since the
     * statistics began (a crash or a promotion ends them), what was written since then is what can wait.
     */
    static final String ARCHIVE = """
            SELECT 'archive', '',
                greatest(coalesce(
                    n.newest - %s - 1, n.newest - %s, floor(w.wal_bytes / z.size)), 0)::float8,
                CASE WHEN a.last_archived_time IS NULL THEN 'nothing was archived since the statistics began'
                     ELSE 'the last was archived ' || round(extract(epoch FROM clock_timestamp() - a.last_archived_time))
                          || ' s ago' END
            FROM pg_stat_archiver a, pg_stat_wal w, here h,
                LATERAL (SELECT pg_size_bytes(current_setting('wal_segment_size')) AS size) z,
                LATERAL (SELECT floor((h.position - '0/0'::pg_lsn) / z.size) AS newest) n
            WHERE current_setting('archive_mode') <> 'off'""".formatted(segment("a.last_archived_wal"), segment("a.last_failed_wal"));

    static final String ARCHIVE_FAILING = """
            SELECT 'archive-failing', '',
                (a.last_failed_time > coalesce(a.last_archived_time, '-infinity'))::integer::float8,
                a.last_failed_wal || ' failed ' || round(extract(epoch FROM clock_timestamp() - a.last_failed_time))
                || ' s ago'
            FROM pg_stat_archiver a
            WHERE current_setting('archive_mode') <> 'off' AND a.last_failed_time IS NOT NULL""";

    private static final String LOGICAL_SLOTS = """
            SELECT 'logical-slots', s.slot_name::text, (h.position - s.confirmed_flush_lsn)::float8,
                CASE WHEN s.active THEN '' ELSE 'no subscriber is connected' END
            FROM slots s, here h WHERE s.slot_type = 'logical'""";

    private static final String LOGICAL_SPILL =
            "SELECT 'logical-spill', r.slot_name::text, r.spill_bytes::float8, '' FROM pg_stat_replication_slots r";

    /** One that waits for a moment is how synchronous replication works; of an age of a second it is a queue. */
    private static final String SYNC_WAITERS = """
            SELECT 'sync-waiters', '', CASE WHEN %s THEN (
                    SELECT count(*)::float8 FROM act
                    WHERE act.wait_event = 'SyncRep' AND clock_timestamp() - act.query_start >= interval '1 s') END, ''
            WHERE current_setting('synchronous_standby_names') <> ''""".formatted(SEES_ALL);

    /** Without pg_monitor the type of others' sessions is hidden: then all count, which is too many by the server's own. */
    private static final String CONNECTIONS = """
            SELECT 'connections', 'free', c.usable - c.used, c.used || ' of ' || c.usable || ' are used'
            FROM (SELECT (current_setting('max_connections')::integer
                        - current_setting('superuser_reserved_connections')::integer
                        - coalesce(current_setting('reserved_connections', true)::integer, 0))::float8 AS usable,
                    (SELECT count(*)::float8 FROM act
                     WHERE coalesce(act.backend_type, 'client backend') = 'client backend') AS used) c""";

    private static final String XID_AGE = """
            (SELECT 'xid-age', 'transactions', age(d.datfrozenxid)::float8, 'database ' || d.datname
             FROM pg_database d ORDER BY 3 DESC LIMIT 1)
            UNION ALL
            (SELECT 'xid-age', 'multixacts', mxid_age(d.datminmxid)::float8, 'database ' || d.datname
             FROM pg_database d ORDER BY 3 DESC LIMIT 1)""";

    private static final String CHECKPOINTS =
            "SELECT 'checkpoints', '', c.num_requested::float8, '' FROM pg_stat_checkpointer c";

    private static final String CHECKPOINTS_BEFORE_17 =
            "SELECT 'checkpoints', '', c.checkpoints_req::float8, '' FROM pg_stat_bgwriter c";

    private static final String TEMP_BYTES =
            "SELECT 'temp-bytes', '', sum(d.temp_bytes)::float8, '' FROM pg_stat_database d";

    private SignalSql() {}

    /** All of them, for a server of this major version. */
    static String all(int major) {
        return Stream.concat(parts(major).stream(), RunSignalSql.PARTS.stream())
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    private static List<String> parts(int major) {
        return List.of(
                ARCHIVE,
                ARCHIVE_FAILING,
                LOGICAL_SLOTS,
                LOGICAL_SPILL,
                SYNC_WAITERS,
                CONNECTIONS,
                XID_AGE,
                major >= 17 ? CHECKPOINTS : CHECKPOINTS_BEFORE_17,
                TEMP_BYTES);
    }

    /** The number of the segment whose file has this name; null for a timeline's history. */
    private static String segment(String name) {
        return """
                CASE WHEN %1$s ~ '^[0-9A-F]{24}'
                     THEN ('x' || substr(%1$s, 9, 8))::bit(32)::bigint * (4294967296 / z.size)
                          + ('x' || substr(%1$s, 17, 8))::bit(32)::bigint END""".formatted(name);
    }
}
