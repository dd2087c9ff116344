package dev.nightshift.postgres;

import dev.nightshift.worker.Mandate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts that the batches of every walk share. Why a batch is one statement, and why it changes nothing without its
 * claim, stands in docs/adr/0001-one-statement-batches.md.
 *
 * <p>Parameters: $1 run, $2 epoch, $3 token, $4 step, $5 the cursor it starts from.
 */
final class BatchSql {

    /** Which row of the claims is this claim's, still at the cursor that the batch starts from. */
    static final String OWN_CLAIM =
            "c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3 AND c.step = $4 AND c.cursor = $5::text::jsonb";

    static final String CLAIMED = "EXISTS (SELECT FROM nightshift_claim)";

    /**
     * A batch does not wait for the disk: rows and cursor are in one commit, and what a crash of the server takes back, it
     * takes back together. It does wait for a synchronous standby, since whoever has one means it to hold the run back.
     */
    private static final String COMMITS = """
            set_config('synchronous_commit',
                CASE current_setting('synchronous_standby_names') WHEN '' THEN 'off' ELSE 'on' END, true)""";

    private static final String COUNT = """
            nightshift_count AS (
                UPDATE nightshift.progress AS p
                SET rows = p.rows + r.changed, batches = p.batches + 1, wal = p.wal + r.wal, last_at = clock_timestamp()
                FROM nightshift_result AS r
                WHERE p.run_id = $1 AND p.step = $4 AND p.lane = 0
                RETURNING p.rows)""";

    private static final String ANSWER = """
            SELECT r.cursor::text AS cursor, r.wal_rate, r.changed, r.still, r.example, r.wal, r.hot,
                   (SELECT rows FROM nightshift_count) AS done_so_far
            FROM nightshift_result AS r""";

    private BatchSql() {}

    /**
     * The whole statement.
     *
     * @param parts between the permit and the count: the claim, then {@code nightshift_rows}
     * @param hot how many rows stayed in their page by now, comparable with that of the claim
     * @param kept the part that keeps what the rows held
     */
    static String batch(Mandate mandate, List<String> parts, String hot, Optional<String> kept) {
        List<String> all = new ArrayList<>();
        all.add(permit(mandate));
        all.addAll(parts);
        kept.ifPresent(all::add);
        all.add(result(hot, kept.isPresent()));
        all.add(COUNT);
        return "WITH " + String.join(",\n", all) + "\n" + ANSWER;
    }

    /** What the claim tells the other parts. */
    static String claimed(String hot) {
        return "RETURNING c.cursor, p.wal_rate, pg_current_wal_insert_lsn() AS wal, " + hot + " AS hot, " + COMMITS;
    }

    private static String permit(Mandate mandate) {
        String live = mandate == Mandate.ABORT
                ? "SELECT NULL::bigint AS wal_rate"
                : "SELECT p.wal_rate FROM nightshift.permits AS p"
                        + " WHERE p.run_id = $1 AND NOT p.revoked AND p.valid_until > clock_timestamp()";
        return "nightshift_permit AS MATERIALIZED (" + live + ")";
    }

    /**
     * Position of the WAL and counters are read again when the rows are counted, so when they all have been written, and
     * what was kept of them.
     */
    private static String result(String hot, boolean keeps) {
        return """
            nightshift_result AS MATERIALIZED (
                SELECT c.cursor, c.wal_rate, r.changed, r.still,
                       CASE WHEN r.still > 0
                            THEN (SELECT nightshift_left FROM nightshift_rows WHERE nightshift_left IS NOT NULL LIMIT 1)
                       END AS example,
                       pg_wal_lsn_diff(pg_current_wal_insert_lsn(), c.wal)::bigint AS wal, %s - c.hot AS hot
                FROM nightshift_claim AS c, (
                    SELECT count(*) AS changed, count(nightshift_left) AS still
                    FROM nightshift_rows) AS r%s)""".formatted(hot, keeps ? ", (SELECT count(*) FROM nightshift_kept) AS k" : "");
    }
}
