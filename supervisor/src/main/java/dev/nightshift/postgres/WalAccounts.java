package dev.nightshift.postgres;

/**
 * What of the server's WAL a run accounts for, an upper bound of what it wrote itself: the server's positions around its
 * batches (table {@code progress}) and around its statements and migrations (table {@code steps}).
 */
final class WalAccounts {

    /** Bytes since the account of step {@code s} was opened, 0 when it is not. */
    static final String OPEN = "coalesce(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), s.wal_from), 0)::bigint";

    /** Closes what a worker that is gone left open in run {@code $1}. */
    static final String CLOSE = "UPDATE nightshift.steps s SET wal = s.wal + " + OPEN + ", wal_from = NULL"
            + " WHERE s.run_id = $1 AND s.wal_from IS NOT NULL";

    /** All of the run's steps so far, at the position {@code h.position}; null for a run without steps. */
    static final String OF_RUN = """
            (SELECT sum(s.wal + coalesce(h.position - s.wal_from, 0)
                    + coalesce((SELECT sum(p.wal) FROM nightshift.progress p
                                WHERE p.run_id = s.run_id AND p.step = s.ordinal), 0))::bigint
             FROM nightshift.steps s WHERE s.run_id = $2)""";

    /** In place of {@link #OF_RUN} where no journal may be asked. */
    static final String NOT_KNOWN = "(SELECT NULL::bigint WHERE $2::text IS NULL)";

    private WalAccounts() {}
}
