package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import java.time.Duration;
import java.util.Optional;

/** Who keeps the server from pruning the versions of rows that a walk leaves behind, so that none stays in its page. */
final class DeadRowsKept {

    private static final long LOOK_AGAIN = Duration.ofSeconds(30).toNanos();

    /** Counted in transactions: whoever sees nothing newer than the first stripe of a range keeps what that one left. */
    private static final String OLDEST = """
            SELECT o.who FROM (
                SELECT 'session ' || a.pid || coalesce(' (' || coalesce(nullif(a.application_name, ''), a.usename) || ')', '')
                           AS who, age(a.backend_xmin) AS behind
                FROM pg_stat_activity a
                WHERE a.backend_xmin IS NOT NULL AND a.pid <> pg_backend_pid()
                  AND (a.datname = current_database() OR a.backend_type = 'walsender')
                  AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum v WHERE v.pid = a.pid)
                UNION ALL SELECT 'slot ' || s.slot_name, age(s.xmin) FROM pg_replication_slots s WHERE s.xmin IS NOT NULL
                UNION ALL SELECT 'prepared transaction ' || p.gid, age(p.transaction) FROM pg_prepared_xacts p
                WHERE p.database = current_database()) o
            WHERE o.behind > %d ORDER BY o.behind DESC LIMIT 1""".formatted(HeapSizes.MOST_STRIPES);

    private String words = "";
    private long lookedAt = System.nanoTime() - LOOK_AGAIN;

    /** Looks every now and then while few rows stay in their page. */
    void look(PgSession session, HotShare hot, Duration patience) {
        if (!hot.isLow()) {
            words = "";
        } else if (System.nanoTime() - lookedAt >= LOOK_AGAIN) {
            lookedAt = System.nanoTime();
            words = oldest(session, patience)
                    .map(who -> " (dead rows kept by " + who + ")")
                    .orElse("");
        }
    }

    private static Optional<String> oldest(PgSession session, Duration patience) {
        RowIterator<Row> rows = session.run(OLDEST, patience).iterator();
        return rows.hasNext() ? Optional.of(rows.next().getString("who")) : Optional.empty();
    }

    /** Behind the HOT share, or nothing. */
    String words() {
        return words;
    }
}
