package dev.nightshift.postgres;

/** The two questions of a preflight: what the server is like, and what is going on around the touched tables. */
final class PreflightSql {

    private PreflightSql() {}

    /** Whether a session is one of ours. */
    private static final String OURS = "starts_with(coalesce(a.application_name, ''), 'nightshift/')";

    /** A session in words, without its statement. */
    private static String who(String alias) {
        return """
            'session ' || %1$s.pid || ' of ' || coalesce(%1$s.usename, '?')
                || coalesce(', ' || nullif(%1$s.application_name, ''), '') || ' (' || coalesce(%1$s.state, '?') || ')'""".formatted(alias);
    }

    static final String SERVER =
            """
            WITH slots AS MATERIALIZED (SELECT * FROM pg_replication_slots WHERE NOT temporary),
            here AS MATERIALIZED (SELECT CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_replay_lsn(), '0/0')
                                              ELSE pg_current_wal_lsn() END AS position),
            act AS MATERIALIZED (SELECT * FROM pg_stat_activity)
            SELECT current_setting('server_version_num')::integer AS version, pg_is_in_recovery() AS in_recovery,
                current_user::text AS role, %1$s AS sees_all,
                (SELECT jsonb_agg(jsonb_build_object('name', split_part(c.line, '=', 1),
                        'value', substr(c.line, strpos(c.line, '=') + 1),
                        'scope', concat_ws(' in ',
                            CASE WHEN s.setrole <> 0 THEN 'role ' || current_user END,
                            CASE WHEN s.setdatabase <> 0 THEN 'database ' || d.datname END)))
                 FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c (line)
                 WHERE s.setdatabase IN (0, d.oid)
                   AND s.setrole IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user))) AS settings,
                age(d.datfrozenxid)::bigint AS xid_age, mxid_age(d.datminmxid)::bigint AS multixact_age,
                current_setting('max_connections')::bigint
                    - current_setting('superuser_reserved_connections')::bigint
                    - coalesce(current_setting('reserved_connections', true)::bigint, 0)
                    - (SELECT count(*) FROM act WHERE coalesce(act.backend_type, 'client backend') = 'client backend')
                    AS free_connections,
                (SELECT jsonb_agg(e.evtname ORDER BY e.evtname) FROM pg_event_trigger e WHERE e.evtenabled IN ('O', 'A'))
                    AS event_triggers,
                (SELECT jsonb_agg(DISTINCT r.rolname) FROM act JOIN pg_roles r ON r.oid = act.usesysid
                 WHERE r.rolsuper AND act.application_name ~ '^nightshift/[0-9a-z]{6}/[0-9]+/'
                   AND NOT (SELECT i.rolsuper FROM pg_roles i WHERE i.rolname = current_user)) AS superusers,
                (SELECT jsonb_agg(jsonb_build_object('name', r.application_name, 'slot', s.slot_name,
                        'state', r.state, 'sync', r.sync_state,
                        'notFlushed', h.position - r.flush_lsn, 'notReplayed', h.position - r.replay_lsn,
                        'replayLag', extract(epoch FROM r.replay_lag),
                        'replyAge', extract(epoch FROM clock_timestamp() - r.reply_time)))
                 FROM pg_stat_replication r LEFT JOIN slots s ON s.active_pid = r.pid
                 WHERE r.state IS DISTINCT FROM 'backup') AS standbys,
                (SELECT jsonb_agg(r.application_name)
                 FROM pg_stat_replication r LEFT JOIN slots s ON s.active_pid = r.pid
                 WHERE r.state = 'streaming' AND r.replay_lsn IS NOT NULL
                   AND r.backend_xmin IS NULL AND s.xmin IS NULL) AS without_feedback,
                current_setting('synchronous_standby_names') AS sync_names,
                (SELECT jsonb_agg(jsonb_build_object('name', s.slot_name, 'logical', s.slot_type = 'logical',
                        'active', s.active, 'walStatus', s.wal_status, 'safe', s.safe_wal_size,
                        'retained', h.position - s.restart_lsn) ORDER BY s.slot_name) FROM slots s) AS slots,
                current_setting('archive_mode') <> 'off' AS archiving,
                (SELECT jsonb_agg(jsonb_build_object('signal', g.signal, 'value', g.value, 'note', g.note))
                 FROM (%2$s UNION ALL %3$s) g (signal, subject, value, note)) AS archive,
                (SELECT count(*) FROM pg_stat_progress_basebackup) AS base_backups,
                coalesce(has_table_privilege(to_regclass('nightshift.backups'), 'SELECT'), false) AS journal,
                (SELECT CASE WHEN has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                             AND NOT row_security_active(c.oid) THEN 'readable' ELSE 'hidden' END
                 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = 'cron' AND c.relname = 'job' AND c.relkind = 'r') AS cron,
                current_setting('full_page_writes')::boolean AS full_pages,
                pg_size_bytes(current_setting('max_wal_size')) AS max_wal_size,
                %4$s
            FROM here h, pg_database d WHERE d.datname = current_database()""".formatted(SignalSql.SEES_ALL, SignalSql.ARCHIVE, SignalSql.ARCHIVE_FAILING, ServerDisk.COLUMNS);

    /** Of the tables and indexes whose schemas are $1 and names $2, with their partitions. */
    private static final String TOUCHED = """
            WITH RECURSIVE named AS MATERIALIZED (
                SELECT DISTINCT c.oid FROM unnest($1::text[], $2::text[]) AS wanted (schema, name)
                JOIN pg_namespace n ON n.nspname = wanted.schema
                JOIN pg_class found ON found.relnamespace = n.oid AND found.relname = wanted.name
                LEFT JOIN pg_index x ON x.indexrelid = found.oid
                JOIN pg_class c ON c.oid = coalesce(x.indrelid, found.oid) AND c.relkind IN ('r', 'p', 'm')
                WHERE n.nspname NOT IN ('pg_catalog', 'nightshift')),
            touched (root, oid) AS (
                SELECT n.oid, n.oid FROM named n
                UNION SELECT t.root, i.inhrelid FROM touched t JOIN pg_inherits i ON i.inhparent = t.oid),
            act AS MATERIALIZED (SELECT * FROM pg_stat_activity),
            locks AS MATERIALIZED (
                SELECT l.pid, l.virtualtransaction, l.mode, l.granted, l.relation, l.locktype, l.classid, l.objid, l.objsubid
                FROM pg_locks l
                WHERE l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
            """;

    /** From the catalog alone: a function that opens a table would wait behind the DDL that is looked for here. */
    private static final String TABLES = """
            (SELECT jsonb_agg(jsonb_build_object('name', c.oid::regclass::text,
                    'owned', pg_has_role(current_user, c.relowner, 'USAGE'),
                    'bytes', p.bytes, 'rows', p.rows, 'changed', p.changed, 'counted', p.counted,
                    'indexes', (SELECT count(*) FROM pg_index x WHERE x.indrelid = c.oid), 'indexBytes', p.index_bytes,
                    'invalidIndexes', (SELECT jsonb_agg(x.indexrelid::regclass::text ORDER BY 1)
                        FROM touched t JOIN pg_index x ON x.indrelid = t.oid
                        WHERE t.root = c.oid AND NOT (x.indisvalid AND x.indisready)
                          AND x.indexrelid NOT IN (SELECT g.index_relid FROM pg_stat_progress_create_index g)),
                    'beingBuilt', (SELECT jsonb_agg(coalesce(nullif(g.index_relid, 0)::regclass::text, '?')
                            || ' (' || g.command || ' by session ' || g.pid || ')')
                        FROM pg_stat_progress_create_index g JOIN act a ON a.pid = g.pid
                        WHERE g.relid IN (SELECT t.oid FROM touched t WHERE t.root = c.oid) AND NOT %s),
                    'unvalidated', (SELECT jsonb_agg(DISTINCT quote_ident(k.conname))
                        FROM touched t JOIN pg_constraint k ON k.conrelid = t.oid
                        WHERE t.root = c.oid AND NOT k.convalidated),
                    'inboundKeys', (SELECT jsonb_agg(quote_ident(k.conname) || ' of ' || k.conrelid::regclass)
                        FROM pg_constraint k WHERE k.confrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0),
                    'triggers', (SELECT jsonb_agg(DISTINCT quote_ident(g.tgname))
                        FROM touched t JOIN pg_trigger g ON g.tgrelid = t.oid
                        WHERE t.root = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
                          AND g.tgtype::integer & 16 = 16),
                    'defaultPartitions', (SELECT jsonb_agg(q.partdefid::regclass::text)
                        FROM touched t JOIN pg_partitioned_table q ON q.partrelid = t.oid
                        WHERE t.root = c.oid AND q.partdefid <> 0),
                    'publications', (SELECT jsonb_agg(DISTINCT quote_ident(b.pubname))
                        FROM touched t JOIN pg_class tc ON tc.oid = t.oid JOIN pg_namespace tn ON tn.oid = tc.relnamespace
                        JOIN pg_publication_tables b ON b.schemaname = tn.nspname AND b.tablename = tc.relname
                        WHERE t.root = c.oid),
                    'wholeOldRows', c.relreplident = 'f', 'rowSecurity', row_security_active(c.oid)))
             FROM named n JOIN pg_class c ON c.oid = n.oid CROSS JOIN LATERAL (
                SELECT sum((SELECT sum(part.relpages) FROM pg_class part
                            WHERE part.oid = t.oid OR part.oid = leaf.reltoastrelid OR part.oid IN (
                                SELECT x.indexrelid FROM pg_index x WHERE x.indrelid = t.oid)))::bigint
                        * current_setting('block_size')::bigint AS bytes,
                    sum((SELECT coalesce(sum(i.relpages), 0) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                         WHERE x.indrelid = t.oid))::bigint * current_setting('block_size')::bigint AS index_bytes,
                    sum(greatest(leaf.reltuples, 0))::float8 AS rows,
                    sum(coalesce(pg_stat_get_mod_since_analyze(t.oid), 0))::bigint AS changed,
                    bool_and(leaf.reltuples >= 0 OR leaf.relkind = 'p') AS counted
                FROM touched t JOIN pg_class leaf ON leaf.oid = t.oid WHERE t.root = c.oid) p) AS tables,
            """.formatted(OURS);

    private static final String TRANSACTIONS = """
            (SELECT jsonb_agg(one.line) FROM (
                SELECT jsonb_build_object('who', %1$s, 'age', extract(epoch FROM clock_timestamp() - a.xact_start),
                    'end', 'SELECT pg_terminate_backend(' || a.pid || ')',
                    'dump', coalesce(a.application_name = 'pg_dump'
                        OR a.query ~* '^\\s*copy\\y.*\\yto\\s+stdout\\y', false),
                    'touched', (SELECT jsonb_agg(DISTINCT l.relation::regclass::text) FROM locks l
                        WHERE l.pid = a.pid AND l.granted AND l.relation IN (SELECT t.oid FROM touched t))) AS line
                FROM act a
                WHERE a.xact_start IS NOT NULL AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
                  AND NOT %2$s
                UNION ALL
                SELECT jsonb_build_object('who', 'prepared transaction ' || x.gid || ' of ' || x.owner,
                    'end', 'ROLLBACK PREPARED ' || quote_literal(x.gid),
                    'age', extract(epoch FROM clock_timestamp() - x.prepared), 'dump', false,
                    'touched', (SELECT jsonb_agg(DISTINCT l.relation::regclass::text) FROM locks l
                        WHERE l.pid IS NULL AND l.virtualtransaction = '-1/' || x.transaction::text
                          AND l.relation IN (SELECT t.oid FROM touched t)))
                FROM pg_prepared_xacts x) one) AS transactions,
            (SELECT jsonb_agg(%1$s || ' waits for ' || l.mode || ' on ' || l.relation::regclass
                || coalesce(' behind ' || (SELECT string_agg(%3$s, ', ' ORDER BY b.pid) FROM act b
                    WHERE b.pid = ANY (pg_blocking_pids(l.pid))), ''))
             FROM locks l JOIN act a ON a.pid = l.pid
             WHERE NOT l.granted AND l.relation IN (SELECT t.oid FROM touched t) AND NOT %2$s) AS waiters,
            (SELECT jsonb_agg(jsonb_build_object('table', v.relid::regclass::text, 'who', %1$s,
                    'wraparound', coalesce(a.query LIKE '%%to prevent wraparound%%', false)))
             FROM pg_stat_progress_vacuum v JOIN act a ON a.pid = v.pid
             WHERE v.relid IN (SELECT t.oid FROM touched t)) AS vacuums,
            """.formatted(who("a"), OURS, who("b"));

    /**
     * Locks by which migration tools keep each other out: Flyway's number and the hash of its history's name, Prisma's
     * number, Rails' number ($3, it depends on the database's name), and work on a history table.
     */
    private static final String MIGRATIONS = """
            (SELECT jsonb_agg(DISTINCT lock.held) FROM (
                SELECT %1$s || ' holds the advisory lock of ' || k.tool AS held
                FROM locks l JOIN act a ON a.pid = l.pid
                CROSS JOIN LATERAL (SELECT (l.classid::bigint << 32) | l.objid::bigint AS key) n
                CROSS JOIN LATERAL (SELECT CASE
                    WHEN n.key BETWEEN 77431708279161 - 2147483648 AND 77431708279161 + 2147483647 THEN 'Flyway'
                    WHEN n.key = 72707369 THEN 'Prisma' WHEN n.key = $3 THEN 'Rails' END AS tool) k
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND k.tool IS NOT NULL AND NOT %2$s
                UNION ALL
                SELECT %1$s || ' holds ' || l.mode || ' on ' || l.relation::regclass
                FROM locks l JOIN act a ON a.pid = l.pid JOIN pg_class c ON c.oid = l.relation
                WHERE l.granted AND l.mode <> 'AccessShareLock' AND NOT %2$s AND c.relname IN (
                    'flyway_schema_history', 'schema_version', 'alembic_version', 'databasechangelog',
                    'databasechangeloglock', 'schema_migrations', 'ar_internal_metadata', 'django_migrations',
                    '_prisma_migrations', 'atlas_schema_revisions', 'goose_db_version')) lock) AS migrations,
            (SELECT c.oid::regclass::text FROM pg_class c
             WHERE c.relname = 'databasechangeloglock' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
             LIMIT 1) AS liquibase
            """.formatted(who("a"), OURS);

    /** Of the tables themselves: partitions come and go. */
    static final String DEFINITIONS = TOUCHED + "SELECT c.oid::regclass::text AS name, left(" + PgCatalog.HASH
            + ", 16) AS hash FROM named n JOIN pg_class c ON c.oid = n.oid";

    /** The run of the plan with hash $1 that has not ended: what it saw last, and whether a step of it came after. */
    static final String RUN_BEFORE = """
            SELECT r.id, e.message, EXISTS (
                SELECT FROM nightshift.steps s
                WHERE s.run_id = r.id AND s.kind IN ('schema', 'statement', 'external') AND s.started_at IS NOT NULL
                  AND (s.ended_at IS NULL OR greatest(s.started_at, s.ended_at) > e.at)) AS own_steps
            FROM nightshift.runs r LEFT JOIN LATERAL (
                SELECT e.message, e.at FROM nightshift.events e
                WHERE e.run_id = r.id AND e.kind = 'preflight' AND e.subject = 'PF-DRIFT'
                ORDER BY e.id DESC LIMIT 1) e ON true
            WHERE r.ended_at IS NULL AND r.plan_hash = $1""";

    /** Standbys that have more than they have replayed, and how far they are. */
    static final String REPLAY = """
            SELECT r.application_name AS name, r.pid, r.replay_lsn::text AS replayed, r.flush_lsn::text AS flushed
            FROM pg_stat_replication r
            WHERE r.state = 'streaming' AND r.replay_lsn < r.flush_lsn""";

    /** Of this database. A role under pg_cron's policy would see its own only, and is told that they are hidden. */
    static final String CRON = """
            SELECT coalesce(to_jsonb(j) ->> 'jobname', 'job ' || j.jobid) AS name, j.schedule
            FROM cron.job j WHERE j.active AND j.database = current_database() ORDER BY j.jobid""";

    static final String AROUND_TABLES = TOUCHED + "SELECT " + TABLES + TRANSACTIONS + MIGRATIONS;

    /** Whether a row of Liquibase's lock says that somebody works. */
    static String liquibase(String table) {
        return "SELECT 'Liquibase: ' || lockedby || ' holds the row of ' || " + "'" + table.replace("'", "''") + "'"
                + " FROM " + table + " WHERE locked";
    }
}
