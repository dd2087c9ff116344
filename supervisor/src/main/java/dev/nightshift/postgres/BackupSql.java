package dev.nightshift.postgres;

/** When runs wrote, in SQL, as far as it says which backup counts. */
final class BackupSql {

    /** Kinds of steps that change nothing in the database. */
    private static final String QUIET = "('verify', 'hold', 'workloads')";

    /** Of any run; a step that was begun and has no end may still be writing. */
    static final String LAST_WRITE = """
            SELECT max(greatest(coalesce(s.ended_at, clock_timestamp()), p.last_at))
            FROM nightshift.steps s
            LEFT JOIN nightshift.progress p ON p.run_id = s.run_id AND p.step = s.ordinal
            WHERE s.kind NOT IN %s AND s.started_at IS NOT NULL""".formatted(QUIET);

    /** Whether the run of that parameter has begun to write. */
    static String hasWritten(String run) {
        return """
                EXISTS (SELECT FROM nightshift.steps w WHERE w.run_id = %s AND w.started_at IS NOT NULL
                        AND w.kind NOT IN %s)""".formatted(run, QUIET);
    }

    private BackupSql() {}
}
