package dev.nightshift.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement after which the new column is the key: one block, so that PostgreSQL does all of it or nothing. It reads
 * no row of the table, and it takes along what the old column has: the name of its key, its default or identity, its
 * sequence and the remark on it.
 */
final class BigintKeySwap {

    private static final Pattern HOLE = Pattern.compile("\\{([a-z ]+)}");

    private static final String BLOCK = """
            DECLARE
                target CONSTANT pg_catalog.regclass := {relation};
                obstacle text;
                was record;
                counter pg_catalog.regclass;
                counter_name text;
                counts record;
                stood record;
                permissions text[];
                permission text;
            BEGIN
                LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE;
                DROP TRIGGER {sync} ON {table};
                DROP FUNCTION {function};
                ALTER TABLE {table} DROP CONSTRAINT {agree};
            {nothing else depends}
                SELECT a.attnum, a.attidentity, k.conname AS key, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
                       pg_catalog.col_description(a.attrelid, a.attnum) AS remark,
                       (SELECT n.conname FROM pg_catalog.pg_constraint n WHERE n.conrelid = a.attrelid
                        AND n.contype = 'n' AND n.conkey = ARRAY[a.attnum]) AS required
                INTO STRICT was
                FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
                LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = target AND a.attname = {column name};
                EXECUTE pg_catalog.format('ALTER TABLE {table text} DROP CONSTRAINT %I,'
                    || ' ADD CONSTRAINT %I PRIMARY KEY USING INDEX {index text}', was.key, was.key);
                IF was.attidentity <> '' THEN
                    counter := pg_catalog.pg_get_serial_sequence({table name}, {column name})::pg_catalog.regclass;
                    counter_name := counter::text;
                    -- From here on nobody takes a number from it.
                    EXECUTE pg_catalog.format('ALTER SEQUENCE %s AS bigint', counter_name);
                    EXECUTE pg_catalog.format('SELECT last_value, is_called FROM %s', counter_name) INTO STRICT stood;
                    SELECT * INTO STRICT counts FROM pg_catalog.pg_sequence WHERE seqrelid = counter;
                    permissions := ARRAY(
                        SELECT pg_catalog.format('GRANT %s ON SEQUENCE %s TO %s%s', r.privilege_type, counter_name,
                               CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE r.grantee::pg_catalog.regrole::text END,
                               CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                        FROM pg_catalog.pg_class s, LATERAL pg_catalog.aclexplode(s.relacl) r
                        WHERE s.oid = counter AND r.grantee <> s.relowner);
                    EXECUTE pg_catalog.format('ALTER TABLE {table text} ALTER COLUMN {column text} DROP IDENTITY');
                    EXECUTE pg_catalog.format('ALTER TABLE {table text} ALTER COLUMN {wide text} ADD GENERATED %s AS IDENTITY'
                        || ' (SEQUENCE NAME %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s)',
                        CASE was.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, counter_name,
                        counts.seqstart, counts.seqincrement, counts.seqmin, counts.seqmax, counts.seqcache,
                        CASE WHEN counts.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END);
                    PERFORM pg_catalog.setval(counter_name::pg_catalog.regclass, stood.last_value, stood.is_called);
                    FOREACH permission IN ARRAY permissions LOOP
                        EXECUTE permission;
                    END LOOP;
                ELSE
                    FOR counter IN
                        SELECT s.oid FROM pg_catalog.pg_depend d
                        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid
                          AND d.refobjid = target AND d.refobjsubid = was.attnum AND d.deptype = 'a'
                    LOOP
                        EXECUTE pg_catalog.format('ALTER SEQUENCE %s AS bigint OWNED BY {table text}.{wide text}', counter);
                    END LOOP;
                    IF was.expression IS NOT NULL THEN
                        EXECUTE pg_catalog.format('ALTER TABLE {table text} ALTER COLUMN {wide text} SET DEFAULT %s,'
                            || ' ALTER COLUMN {column text} DROP DEFAULT', was.expression);
                    END IF;
                END IF;
                EXECUTE pg_catalog.format('COMMENT ON COLUMN {table text}.{wide text} IS %L', was.remark);
                ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL;
                -- From version 18 on NOT NULL has a name.
                IF was.required IS NOT NULL THEN
                    EXECUTE pg_catalog.format('ALTER TABLE {table text} RENAME CONSTRAINT %I TO %I',
                        (SELECT n.conname FROM pg_catalog.pg_constraint n JOIN pg_catalog.pg_attribute a
                         ON a.attrelid = n.conrelid AND n.conkey = ARRAY[a.attnum] AND a.attname = {wide name}
                         WHERE n.conrelid = target AND n.contype = 'n'), was.required);
                END IF;
                ALTER TABLE {table} RENAME COLUMN {column} TO {old};
                ALTER TABLE {table} RENAME COLUMN {wide} TO {column};
                -- nightshift:allow COL-RENAME because the name is never without its column, before or after
                -- nightshift:allow TBL-EXPLICIT-LOCK because the block reads no row and ends at once
                -- nightshift:allow TRG-CHANGE because what the trigger kept in step takes the place of its source
                -- nightshift:allow TXN-HOLDS-EXCLUSIVE because only the catalog and a sequence are read
                -- nightshift:allow CON-DROP-FK-HIDDEN-LOCK because it is a primary key that is dropped, and nothing refers to it
                -- nightshift:allow NAME-UNQUALIFIED because the schema is in the name that PostgreSQL fills in
                -- nightshift:allow OPAQUE-DYNAMIC-SQL because only the catalog knows the names of key and sequence
            END""";

    private BigintKeySwap() {}

    static String of(BigintKey key) {
        Map<String, String> fillings = Map.ofEntries(
                Map.entry("relation", key.relation()),
                Map.entry("table", key.table().quoted()),
                Map.entry("table text", inFormat(key.table().quoted())),
                Map.entry("table name", Sql.literal(key.table().quoted())),
                Map.entry("column", key.column().quoted()),
                Map.entry("column text", inFormat(key.column().quoted())),
                Map.entry("column name", Sql.literal(key.column().name())),
                Map.entry("wide", key.wide().quoted()),
                Map.entry("wide name", Sql.literal(key.wide().name())),
                Map.entry("wide text", inFormat(key.wide().quoted())),
                Map.entry("old", key.old().quoted()),
                Map.entry("sync", key.sync().quoted()),
                Map.entry("function", key.function()),
                Map.entry("agree", key.agree().quoted()),
                Map.entry("index text", inFormat(key.index().quoted())),
                Map.entry(
                        "nothing else depends",
                        key.nothingElseDepends(new Precondition(key.table())).body()));
        return Sql.block(HOLE.matcher(BLOCK)
                .replaceAll(hole -> Matcher.quoteReplacement(fillings.getOrDefault(hole.group(1), hole.group()))));
    }

    /** Inside the quotes of a text in which {@code %} begins a hole. */
    private static String inFormat(String name) {
        return name.replace("'", "''").replace("%", "%%");
    }
}
