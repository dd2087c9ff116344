package dev.nightshift.postgres;

/** What the linter asks of a catalog; all of it is known to 14 and later. */
final class LintQueries {

    private LintQueries() {}

    /** What every session of this role begins with, the strongest last. */
    static final String SETTINGS = """
            SELECT split_part(c.entry, '=', 1) AS name, substr(c.entry, strpos(c.entry, '=') + 1) AS value
            FROM pg_db_role_setting s, unnest(s.setconfig) AS c (entry)
            WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
              AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
            ORDER BY s.setrole <> 0, s.setdatabase <> 0""";

    static final String USER = "SELECT session_user::text AS name";

    /** The relation of a name in the first schema that has one: $1 schemas in order, $2 name. */
    private static final String NAMED = """
            WITH rel AS (
                SELECT c.* FROM unnest($1::text[]) WITH ORDINALITY AS path (schema, place)
                JOIN pg_namespace n ON n.nspname = path.schema
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = $2
                ORDER BY path.place LIMIT 1)
            """;

    /**
     * Rows as the planner estimates them: those of the last ANALYZE, scaled to today's size, so that a table which grew
     * since is not taken for a small one. No pages, no rows; never analyzed, not known.
     */
    private static final String ROWS = """
            SELECT sum(CASE
                WHEN pg_relation_size(t.oid) = 0 THEN 0
                WHEN t.reltuples < 0 OR t.relpages = 0 THEN 'NaN'::float8
                ELSE t.reltuples::float8 * pg_relation_size(t.oid)
                    / current_setting('block_size')::float8 / t.relpages END)
            FROM pg_class t WHERE t.relkind IN ('r', 'm') AND (t.oid = rel.oid
                OR rel.relkind = 'p' AND t.oid IN (SELECT relid FROM pg_partition_tree(rel.oid) WHERE isleaf))""";

    /** From 18 on a NOT NULL may be there and not yet hold for old rows. */
    private static final String COLUMNS = """
            SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                'notNull', a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid
                    AND k.contype = 'n' AND NOT k.convalidated AND a.attnum = ANY (k.conkey))) ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped""";

    private static final String CONSTRAINTS = """
            SELECT jsonb_agg(jsonb_build_object('name', k.conname, 'type', k.contype, 'validated', k.convalidated,
                'columns', (SELECT coalesce(jsonb_agg(a.attname ORDER BY u.place), '[]')
                    FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
                    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
                'expression', coalesce(pg_get_expr(k.conbin, k.conrelid), ''),
                'parentSchema', pn.nspname, 'parent', p.relname) ORDER BY k.conname)
            FROM pg_constraint k
            LEFT JOIN pg_class p ON p.oid = nullif(k.confrelid, 0) LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE k.conrelid = rel.oid""";

    /** Key columns only, not those of INCLUDE; an expression is an empty name. */
    private static final String INDEXES = """
            SELECT jsonb_agg(jsonb_build_object('name', c.relname, 'unique', i.indisunique,
                'valid', i.indisvalid AND i.indisready, 'primary', i.indisprimary, 'identity', i.indisreplident,
                'columns', (SELECT coalesce(jsonb_agg(coalesce(a.attname, '') ORDER BY u.place), '[]')
                    FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, place)
                    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.attnum AND u.attnum <> 0
                    WHERE u.place <= i.indnkeyatts)) ORDER BY c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = rel.oid""";

    private static final String PARTITION_KEY = """
            SELECT jsonb_agg(coalesce(a.attname, '') ORDER BY u.place)
            FROM pg_partitioned_table t, unnest(t.partattrs::int2[]) WITH ORDINALITY AS u (attnum, place)
            LEFT JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = u.attnum AND u.attnum <> 0
            WHERE t.partrelid = rel.oid""";

    private static final String DEFAULT_PARTITION = """
            SELECT jsonb_build_array(n.nspname, c.relname)
            FROM pg_partitioned_table t JOIN pg_class c ON c.oid = t.partdefid
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE t.partrelid = rel.oid""";

    /** A partition is sent under its parent's publication, and a parent through its partitions. */
    private static final String PUBLICATIONS = """
            SELECT jsonb_agg(DISTINCT p.pubname)
            FROM pg_publication_tables p JOIN pg_namespace n ON n.nspname = p.schemaname
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
            WHERE EXISTS (SELECT FROM pg_publication) AND c.oid IN (SELECT rel.oid
                UNION SELECT relid FROM pg_partition_tree(rel.oid)
                UNION SELECT relid FROM pg_partition_ancestors(rel.oid))""";

    static final String RELATION = NAMED + "SELECT n.nspname::text AS schema, rel.relname::text AS name,"
            + " rel.relkind::text AS kind, (" + ROWS + ") AS rows, (" + COLUMNS + ") AS columns, (" + CONSTRAINTS
            + ") AS constraints, (" + INDEXES + ") AS indexes, (" + PARTITION_KEY + ") AS partition_key, ("
            + DEFAULT_PARTITION + ") AS default_partition, (" + PUBLICATIONS + ") AS publications"
            + " FROM rel JOIN pg_namespace n ON n.oid = rel.relnamespace";

    static final String TABLE_OF_INDEX = NAMED + """
            SELECT n.nspname::text AS schema, t.relname::text AS name
            FROM rel JOIN pg_index i ON i.indexrelid = rel.oid JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace""";

    /** The worst of all functions that a call by that name may reach. */
    static final String VOLATILITY = """
            SELECT (array['IMMUTABLE', 'STABLE', 'VOLATILE'])[max(strpos('isv', p.provolatile::text))] AS worst
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = ANY ($1::text[]) AND p.proname = $2""";

    /** What an extension brings is not read: it is not the script's author's. */
    static final String ROUTINE = """
            SELECT pg_get_functiondef(p.oid) AS definition
            FROM unnest($1::text[]) WITH ORDINALITY AS path (schema, place)
            JOIN pg_namespace n ON n.nspname = path.schema
            JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = $2 AND p.prokind IN ('f', 'p')
            JOIN pg_language l ON l.oid = p.prolang AND l.lanname IN ('plpgsql', 'sql')
            WHERE n.nspname <> 'pg_catalog' AND NOT EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
            ORDER BY path.place, p.oid LIMIT 1""";

    /** Its own constraints, or those of a domain that it is made from. */
    static final String DOMAIN = """
            WITH RECURSIVE domain AS (
                (SELECT t.* FROM unnest($1::text[]) WITH ORDINALITY AS path (schema, place)
                JOIN pg_namespace n ON n.nspname = path.schema
                JOIN pg_type t ON t.typnamespace = n.oid AND t.typname = $2 AND t.typtype = 'd'
                ORDER BY path.place LIMIT 1)
                UNION ALL SELECT t.* FROM domain d JOIN pg_type t ON t.oid = d.typbasetype AND t.typtype = 'd')
            SELECT bool_or(d.typnotnull OR EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = d.oid)) AS constrained
            FROM domain d""";
}
