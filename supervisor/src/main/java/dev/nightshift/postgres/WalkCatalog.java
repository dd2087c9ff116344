package dev.nightshift.postgres;

/** The questions to the catalog about a table: $1 is its schema, $2 its name, or $1 its oid. */
final class WalkCatalog {

    private WalkCatalog() {}

    /** A table with its partitions or children, all the way down. */
    private static final String TREE = """
            WITH RECURSIVE tree (oid) AS (
                SELECT $1::bigint::oid
                UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid)
            """;

    /**
     * What speaks against a heap walk that writes as $3 says, as names ($4 its bit in tgtype); whether a column named in $2
     * is part of a unique index.
     */
    static final String HEAP = TREE + """
            SELECT string_agg(l.name, ', ') FILTER (WHERE NOT l.heap) AS other_access,
                   string_agg(l.name, ', ') FILTER (WHERE l.oid <> $1::bigint::oid AND NOT l.open) AS closed,
                   (SELECT string_agg(g.tgname, ', ') FROM pg_trigger g
                    WHERE g.tgrelid = $1::bigint::oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
                      AND $3 <> 'INSERT' AND g.tgtype::int & ($4 | 1) = $4 AND (SELECT count(*) FROM tree) > 1) AS above,
                   EXISTS (SELECT FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
                           WHERE x.indrelid IN (SELECT oid FROM tree) AND x.indisunique
                             AND a.attnum = ANY (x.indkey::int2[]) AND a.attname = ANY ($2)) AS sets_key
            FROM (
                SELECT c.oid, c.oid::regclass::text AS name, m.amname = 'heap' AS heap,
                       has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid)
                           AND CASE $3 WHEN 'DELETE' THEN has_table_privilege(c.oid, 'DELETE')
                               WHEN 'INSERT' THEN has_any_column_privilege(c.oid, 'UPDATE')
                               ELSE NOT EXISTS (SELECT FROM pg_attribute a
                                    WHERE a.attrelid = c.oid AND a.attname = ANY ($2)
                                      AND NOT has_column_privilege(c.oid, a.attnum, 'UPDATE')) END AS open
                FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_am m ON m.oid = c.relam
                WHERE c.relkind = 'r') AS l""";

    static final String TABLE = """
            SELECT c.oid::bigint AS oid, c.relkind::text AS kind, c.relpersistence::text AS persistence,
                   has_table_privilege(c.oid, 'SELECT') AS readable,
                   row_security_active(c.oid) AS row_security,
                   EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AND c.relkind = 'r' AS has_children,
                   current_setting('session_replication_role') AS replication_role
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2""";

    /** Of the columns named in $2, and whether the privilege $3 is there; partition keys of the table and of every table above it. */
    static final String COLUMNS = """
            SELECT a.attname AS name, a.attgenerated <> '' AS generated, a.attidentity = 'a' AS identity_always,
                   has_column_privilege(a.attrelid, a.attnum, $3) AS writable,
                   EXISTS (SELECT FROM pg_partition_ancestors(a.attrelid) p
                           JOIN pg_partitioned_table t ON t.partrelid = p.relid
                           JOIN pg_attribute k ON k.attrelid = p.relid AND k.attnum = ANY (t.partattrs)
                           WHERE k.attname = a.attname) AS partitions
            FROM pg_attribute a
            WHERE a.attrelid = $1::bigint::oid AND a.attname = ANY ($2) AND a.attnum > 0 AND NOT a.attisdropped""";

    /**
     * Indexes that give every row one place in an order: unique, valid, immediate, over plain columns that are never
     * null, in the order and collation that the columns themselves have.
     */
    static final String KEYS = """
            SELECT x.indexrelid::regclass::text AS index,
                   json_agg(json_build_object('name', a.attname, 'quoted', quote_ident(a.attname),
                       'type', format_type(a.atttypid, a.atttypmod)) ORDER BY k.n) AS columns
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indexrelid
            JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
            CROSS JOIN LATERAL unnest(x.indkey::int2[], x.indclass::oid[], x.indcollation::oid[], x.indoption::int2[])
                WITH ORDINALITY AS k (attnum, opclass, coll, option, n)
            JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
            JOIN pg_opclass o ON o.oid = k.opclass
            WHERE x.indrelid = $1::bigint::oid AND x.indisunique AND x.indisvalid AND x.indisready AND x.indimmediate
              AND x.indpred IS NULL AND x.indexprs IS NULL AND k.n <= x.indnkeyatts
            GROUP BY x.indexrelid, x.indisprimary, x.indnkeyatts
            HAVING bool_and(a.attnotnull AND o.opcdefault AND k.coll = a.attcollation)
               AND min(k.option) = max(k.option) AND min(k.option) IN (0, 3) AND count(*) = x.indnkeyatts
            ORDER BY x.indisprimary DESC, x.indnkeyatts, 1""";

    /** Those that an UPDATE of the columns named in $2, or what else $3 says, fires on the table or a part of it. */
    static final String TRIGGERS = TREE + """
            SELECT DISTINCT t.tgname AS name
            FROM pg_trigger t
            WHERE t.tgrelid IN (SELECT oid FROM tree)
              AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgtype::int & $3 <> 0
              AND ($3 <> 16 OR t.tgattr = ''::int2vector OR EXISTS (
                  SELECT FROM pg_attribute a
                  WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[]) AND a.attname = ANY ($2)))
            ORDER BY 1""";

    static final String RULES =
            "SELECT r.rulename AS name FROM pg_rewrite r WHERE r.ev_class = $1::bigint::oid AND r.ev_type::text = $2"
                    + " AND r.ev_enabled IN ('O', 'A') ORDER BY 1";

    static final String DELETABLE = "SELECT has_table_privilege($1::bigint::oid, 'DELETE')";

    /** Foreign keys that refer to the table, and what becomes of the rows behind them. */
    static final String REFERENCES = """
            SELECT k.conname AS name, k.conrelid::regclass::text AS other,
                   (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY u.n)
                    FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, n)
                    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS columns,
                   k.confdeltype IN ('c', 'n', 'd') AS follows,
                   CASE k.confdeltype WHEN 'c' THEN 'deleted' ELSE 'changed' END AS action,
                   EXISTS (SELECT FROM pg_index x
                           WHERE x.indrelid = k.conrelid AND x.indisvalid AND x.indpred IS NULL
                             AND (x.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey) AS indexed
            FROM pg_constraint k
            WHERE k.contype = 'f' AND k.confrelid = $1::bigint::oid AND k.conparentid = 0
            ORDER BY 2, 1""";

    /** Leaves that a walk does not go into. */
    static final String STRANGE_LEAVES = TREE + """
            SELECT c.oid::regclass::text AS name
            FROM tree t JOIN pg_class c ON c.oid = t.oid
            WHERE c.relkind NOT IN ('r', 'p') OR c.relpersistence <> 'p' ORDER BY 1""";

    /** Pages of the table and its partitions, and rows as the planner counts them: $1 is its oid. */
    static final String SIZE = """
            SELECT greatest(1, sum(pg_relation_size(c.oid)) / current_setting('block_size')::int)::float8 AS pages,
                   sum(greatest(c.reltuples, 0))::float8 AS rows
            FROM pg_class c
            WHERE c.oid IN (SELECT $1::text::regclass UNION SELECT relid FROM pg_partition_tree($1::text::regclass)
                            WHERE isleaf)""";
}
