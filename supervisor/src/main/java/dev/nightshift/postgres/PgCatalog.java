package dev.nightshift.postgres;

import dev.nightshift.backup.Catalog;
import dev.nightshift.backup.CatalogFacts;
import dev.nightshift.backup.DumpedTable;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.TableName;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Attempt;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what a dump asks the catalog, in sessions that can write nothing. */
public final class PgCatalog implements Catalog {

    /** A database of ten thousand tables takes seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Duration PATIENCE = TIMEOUT.plusSeconds(5);
    private static final String DOING = "reading the catalog for the backup";

    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int / 10000 AS major,
                split_part(current_setting('server_version'), ' ', 1) AS version,
                (SELECT system_identifier FROM pg_control_system()) || '/'
                    || (SELECT oid FROM pg_database WHERE datname = current_database()) AS system,
                pg_current_wal_lsn()::text AS lsn, clock_timestamp() AS at""";

    private static final String NAMED = """
            WITH RECURSIVE wanted AS (
                SELECT c.oid FROM unnest($1::text[], $2::text[]) AS named (schema, name)
                JOIN pg_namespace n ON n.nspname = named.schema
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = named.name AND c.relkind IN ('r', 'p')
                UNION SELECT i.inhrelid FROM pg_inherits i JOIN wanted w ON i.inhparent = w.oid)
            """;

    /** All that {@code pg_dump} would dump of itself: no tables of extensions, none of other sessions. */
    private static final String ALL = """
            WITH wanted AS (
                SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE cardinality($1::text[]) = 0 AND cardinality($2::text[]) = 0
                  AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                  AND n.nspname <> 'nightshift' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e'))
            """;

    /** Over columns, types, defaults, constraints and indexes of {@code pg_class c}. */
    static final String HASH = """
            encode(sha256(convert_to(concat_ws(E'\\n',
                (SELECT string_agg(concat_ws(' ', a.attnum, quote_ident(a.attname),
                        format_type(a.atttypid, a.atttypmod), a.attcollation, a.attnotnull, a.attidentity,
                        a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), E'\\n' ORDER BY a.attnum)
                    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                (SELECT string_agg(concat_ws(' ', quote_ident(k.conname), pg_get_constraintdef(k.oid),
                        k.convalidated), E'\\n' ORDER BY k.conname)
                    FROM pg_constraint k WHERE k.conrelid = c.oid),
                (SELECT string_agg(concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid), E'\\n'
                        ORDER BY i.indexrelid)
                    FROM pg_index i WHERE i.indrelid = c.oid)), 'UTF8')), 'hex')""";

    private static final String TABLES = """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind = 'r' AS rows,
                coalesce(pg_table_size(c.oid), 0) AS bytes,
%s AS hash
            FROM wanted JOIN pg_class c ON c.oid = wanted.oid JOIN pg_namespace n ON n.oid = c.relnamespace""".formatted(HASH);

    /** ACCESS SHARE waits for ACCESS EXCLUSIVE alone, also where that one still waits itself. */
    private static final String HOLDERS = """
            SELECT DISTINCT coalesce('pid ' || l.pid || ' (' || coalesce(nullif(a.application_name, ''), 'no name')
                    || ', ' || a.usename || ')', 'a prepared transaction')
                || CASE WHEN l.granted THEN ' holds ' ELSE ' waits for ' END || l.mode || ' on ' || l.relation::regclass
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.relation IN (SELECT oid FROM wanted)
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    /** Known by its slot or its name; two of one name are as far as the one behind. */
    private static final String FLUSHED = """
            SELECT min(r.flush_lsn)::text FROM pg_stat_replication r
            LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
            WHERE $1 IN (r.application_name, s.slot_name::text)
            HAVING count(*) = count(r.flush_lsn)""";

    private final PgSessions sessions;

    public PgCatalog(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<CatalogFacts> facts(Attempt attempt, List<TableName> tables) {
        return facts(attempt.sessionName("catalog"), tables);
    }

    /** As {@link #facts(Attempt, List)}, in a session of that name. */
    public Optional<CatalogFacts> facts(String name, List<TableName> tables) {
        try (PgSession session = open(name)) {
            Row server = session.run(SERVER, PATIENCE).iterator().next();
            List<DumpedTable> found = tables(session, tables);
            Set<TableName> names = new HashSet<>();
            found.forEach(table -> names.add(table.name()));
            return Optional.of(new CatalogFacts(
                    server.getString("system"),
                    server.getInteger("major"),
                    server.getString("version"),
                    Lsn.parse(server.getString("lsn")),
                    server.getOffsetDateTime("at").toInstant(),
                    found,
                    tables.stream().filter(table -> !names.contains(table)).toList()));
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.LOCK_TIMEOUT) {
                return Optional.empty();
            }
            throw PgFailures.trouble(e, DOING, Explanation.NOTHING_CHANGED);
        }
    }

    private static List<DumpedTable> tables(PgSession session, List<TableName> tables) {
        List<DumpedTable> found = new ArrayList<>();
        session.run((tables.isEmpty() ? ALL : NAMED) + TABLES, names(tables), PATIENCE)
                .forEach(row -> found.add(new DumpedTable(
                        new TableName(row.getString("schema"), row.getString("name")),
                        row.getLong("oid"),
                        row.getBoolean("rows"),
                        new ByteSize(row.getLong("bytes")),
                        row.getString("hash"))));
        return found;
    }

    @Override
    public List<String> lockHolders(Attempt attempt, List<TableName> tables) {
        try (PgSession session = open(attempt.sessionName("catalog"))) {
            List<String> holders = new ArrayList<>();
            session.run((tables.isEmpty() ? ALL : NAMED) + HOLDERS, names(tables), PATIENCE)
                    .forEach(row -> holders.add(row.getString(0)));
            return holders;
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "looking for who holds a lock", Explanation.NOTHING_CHANGED);
        }
    }

    @Override
    public Optional<Lsn> flushed(Attempt attempt, String standby) {
        try (PgSession session = open(attempt.sessionName("catalog"))) {
            for (Row row : session.run(FLUSHED, Tuple.of(standby), PATIENCE)) {
                return Optional.ofNullable(row.getString(0)).map(Lsn::parse);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "looking how far standby " + standby + " is", Explanation.NOTHING_CHANGED);
        }
    }

    private static Tuple names(List<TableName> tables) {
        return Tuple.tuple()
                .addArrayOfString(tables.stream().map(TableName::schema).toArray(String[]::new))
                .addArrayOfString(tables.stream().map(TableName::name).toArray(String[]::new));
    }

    private PgSession open(String name) {
        return sessions.session(SessionSettings.reading(name, TIMEOUT));
    }
}
