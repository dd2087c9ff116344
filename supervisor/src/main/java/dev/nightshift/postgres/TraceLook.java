package dev.nightshift.postgres;

import dev.nightshift.view.StatementTrace.Lock;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a session sees of the relations of its database at one moment.
 *
 * @param files name and file of each relation, by its oid
 * @param scans rows that the transaction has read by scans of whole tables, by their oids
 * @param wal the server's WAL position
 */
record TraceLook(Map<Long, Relation> files, Map<Long, Long> scans, long wal) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String FILES = """
            SELECT c.oid::bigint AS id, n.nspname || '.' || c.relname AS name, coalesce(pg_relation_filenode(c.oid), 0)::bigint AS file
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind <> 'c'""";

    private static final String SCANS =
            "SELECT relid::bigint AS id, seq_tup_read AS rows FROM pg_stat_xact_user_tables WHERE seq_tup_read > 0";

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS wal";

    private static final String LOCKS = """
            SELECT DISTINCT l.relation::bigint AS id, l.mode FROM pg_locks l
            WHERE l.pid = $1 AND l.locktype = 'relation' AND l.granted AND l.mode <> 'SIReadLock'
              AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())""";

    /** A relation and the number of the file that it is kept in; 0 when it has none. */
    record Relation(String name, long file) {}

    /** A mode in PostgreSQL's own word and the oid of the relation. */
    record Held(long relation, String mode) {}

    static TraceLook of(PgSession session) {
        Map<Long, Relation> files = new HashMap<>();
        for (Row row : session.run(FILES, PATIENCE)) {
            files.put(row.getLong("id"), new Relation(row.getString("name"), row.getLong("file")));
        }
        Map<Long, Long> scans = new HashMap<>();
        session.run(SCANS, PATIENCE).forEach(row -> scans.put(row.getLong("id"), row.getLong("rows")));
        return new TraceLook(files, scans, wal(session));
    }

    static long wal(PgSession session) {
        return session.run(WAL, PATIENCE).iterator().next().getLong("wal");
    }

    /** The relation locks that a backend has now. */
    static List<Held> locks(PgSession session, int pid) {
        List<Held> held = new ArrayList<>();
        session.run(LOCKS, Tuple.of(pid), PATIENCE)
                .forEach(row -> held.add(new Held(row.getLong("id"), row.getString("mode"))));
        return held;
    }

    /** Those on relations that are in this look, in the words of people. */
    List<Lock> named(Set<Held> held) {
        return held.stream()
                .flatMap(one -> Optional.ofNullable(files.get(one.relation()))
                        .map(relation -> new Lock(words(one.mode()), relation.name()))
                        .stream())
                .sorted(Comparator.comparing(Lock::relation).thenComparing(Lock::mode))
                .toList();
    }

    /** Relations of this look that have another file in a later one. */
    List<String> rewrittenIn(TraceLook later) {
        Set<String> names = new TreeSet<>();
        files.forEach((id, relation) -> {
            Relation after = later.files.get(id);
            if (after != null && after.file() != relation.file()) {
                names.add(relation.name());
            }
        });
        return List.copyOf(names);
    }

    /** Tables of this look that a later one of the same transaction has read as a whole. */
    List<String> scannedIn(TraceLook later) {
        Set<String> names = new TreeSet<>();
        later.scans.forEach((id, count) -> {
            Relation relation = files.get(id);
            if (relation != null && count > scans.getOrDefault(id, 0L)) {
                names.add(relation.name());
            }
        });
        return List.copyOf(names);
    }

    /** {@code ShareRowExclusiveLock} in capitals: {@code SHARE ROW EXCLUSIVE}. */
    private static String words(String mode) {
        return mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }
}
