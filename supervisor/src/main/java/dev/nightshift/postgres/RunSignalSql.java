package dev.nightshift.postgres;

import java.util.List;

/** As {@link SignalSql}: the parts about what this run does, and what is in its way. */
final class RunSignalSql {

    /** Never a statement, which holds values. */
    private static final String NAMED = """
            format('session %s of %s%s (%s, transaction open for %s s)', a.pid, a.usename,
                ', ' || nullif(a.application_name, ''), a.state,
                round(extract(epoch FROM clock_timestamp() - a.xact_start)))""";

    /**
     * The tables that the run's sessions were seen to lock. A few thousand dead rows are what any table has; where
     * nothing is alive all of them are dead.
     */
    private static final String AUTOVACUUM = """
            SELECT 'autovacuum', n.nspname || '.' || c.relname,
                CASE WHEN t.dead >= 10000 THEN t.dead::float8 / greatest(t.live, 1) ELSE 0 END,
                CASE WHEN EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.relid = c.oid)
                     THEN 'it is being vacuumed' ELSE '' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                LATERAL (SELECT pg_stat_get_dead_tuples(c.oid) AS dead, pg_stat_get_live_tuples(c.oid) AS live) t
            WHERE c.oid = ANY ($3::bigint[]::oid[]) AND c.relkind = 'r'""";

    /** Any other vacuum leaves a table alone that somebody has locked. */
    private static final String WRAPAROUND_VACUUM = """
            SELECT 'wraparound', coalesce(l.relation::regclass::text, 'a table'),
                extract(epoch FROM clock_timestamp() - coalesce(l.waitstart, a.query_start))::float8,
                'autovacuum worker ' || a.pid || ' waits for us'
            FROM act a JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted
            WHERE a.backend_type = 'autovacuum worker' AND a.wait_event_type = 'Lock'
              AND a.query LIKE '%(to prevent wraparound)'
              AND pg_blocking_pids(a.pid) && ARRAY(SELECT o.pid FROM own o)""";

    /** The oldest transaction that keeps vacuum from removing rows; a vacuum itself keeps none. */
    private static final String XMIN_HORIZON =
            """
            SELECT 'xmin-horizon', 'oldest transaction', CASE WHEN SEES_ALL
                    THEN coalesce(extract(epoch FROM clock_timestamp() - x.since), 0)::float8 END, x.name
            FROM (SELECT) one LEFT JOIN LATERAL (
                SELECT a.xact_start AS since, NAMED AS name FROM act a
                WHERE (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) AND a.pid <> pg_backend_pid()
                  AND a.xact_start IS NOT NULL AND coalesce(a.backend_type, '') <> 'autovacuum worker'
                  AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.pid = a.pid)
                UNION ALL SELECT p.prepared, 'prepared transaction ' || p.gid FROM pg_prepared_xacts p
                ORDER BY 1 LIMIT 1) x ON true""".replace("SEES_ALL", SignalSql.SEES_ALL).replace("NAMED", NAMED);

    /** Sent by way of the walsender, or kept in its slot. */
    private static final String STANDBY_FEEDBACK = """
            SELECT 'standby-feedback', coalesce(s.slot_name::text, r.application_name), CASE WHEN SEES_ALL
                    THEN (r.backend_xmin IS NOT NULL OR s.xmin IS NOT NULL)::integer::float8 END, ''
            FROM pg_stat_replication r LEFT JOIN slots s ON s.active_pid = r.pid""".replace("SEES_ALL", SignalSql.SEES_ALL);

    private static final String LOCK_WAIT = """
            SELECT 'lock-wait', split_part(o.application_name, '/', 4) || ' ' || o.pid,
                extract(epoch FROM clock_timestamp() - coalesce(
                    (SELECT min(l.waitstart) FROM pg_locks l WHERE l.pid = o.pid AND NOT l.granted),
                    o.query_start))::float8,
                'for ' || (SELECT string_agg(b.name, ' and ') FROM (
                    SELECT NAMED AS name FROM act a WHERE a.pid = ANY (pg_blocking_pids(o.pid))
                    ORDER BY a.xact_start LIMIT 3) b)
            FROM own o WHERE o.wait_event_type = 'Lock'""".replace("NAMED", NAMED);

    /**
     * All counters as one text, in the phases in which they move: a sort, an index's vacuum and a wait do not count.
     * The time for which a vacuum was delayed moves always (18 and later).
     */
    private static final String PROGRESS_STALL = """
            SELECT 'progress-stall', p.what || ' ' || p.pid, 0::float8, (p.counters - 'delay_time')::text
            FROM (SELECT 'index build' AS what, i.pid, i.phase, to_jsonb(i) AS counters
                  FROM pg_stat_progress_create_index i
                  UNION ALL SELECT 'vacuum', v.pid, v.phase, to_jsonb(v) FROM pg_stat_progress_vacuum v
                  UNION ALL SELECT 'rewrite', c.pid, c.phase, to_jsonb(c) FROM pg_stat_progress_cluster c
                  UNION ALL SELECT 'analyze', a.pid, a.phase, to_jsonb(a) FROM pg_stat_progress_analyze a
                  UNION ALL SELECT 'copy', f.pid, 'heap', to_jsonb(f) FROM pg_stat_progress_copy f) p
            JOIN own o ON o.pid = p.pid
            WHERE p.phase LIKE '%scanning%' OR p.phase LIKE '%heap' OR p.phase LIKE '%loading%'
               OR p.phase LIKE 'acquiring%'""";

    static final List<String> PARTS =
            List.of(AUTOVACUUM, WRAPAROUND_VACUUM, XMIN_HORIZON, STANDBY_FEEDBACK, LOCK_WAIT, PROGRESS_STALL);

    private RunSignalSql() {}
}
