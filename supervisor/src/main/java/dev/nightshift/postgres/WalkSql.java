package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.Identifier;
import dev.nightshift.worker.Mandate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of a key walk over one table. Why the batch is one statement, and why it changes nothing without its
 * claim, stands in docs/adr/0001-one-statement-batches.md.
 *
 * <p>What the plan wrote is put between parentheses and sees no name of ours but those of the table: the names of the
 * parts below begin with {@code nightshift_}.
 */
final class WalkSql {

    /** Run, epoch, token, step, cursor and one less than the rows come first, then the key values. */
    private static final int FIRST_KEY = 7;

    /** Where a pass begins. */
    enum Lower {
        /** At the first row. */
        NONE(""),
        /** Behind a key. */
        AFTER(">"),
        /** At a key. */
        FROM(">=");

        private final String operator;

        Lower(String operator) {
            this.operator = operator;
        }
    }

    private static final String COUNT = """
            nightshift_count AS (
                UPDATE nightshift.progress AS p
                SET rows = p.rows + r.changed, batches = p.batches + 1, wal = p.wal + r.wal, last_at = clock_timestamp()
                FROM nightshift_result AS r
                WHERE p.run_id = $1 AND p.step = $4 AND p.lane = 0
                RETURNING p.rows)""";

    private static final String ANSWER = """
            SELECT r.cursor::text AS cursor, r.wal_rate, r.changed, r.still, r.example, r.wal,
                   (SELECT rows FROM nightshift_count) AS done_so_far
            FROM nightshift_result AS r""";

    private final BackfillStep step;
    private final List<TableShape.KeyColumn> key;
    private final String table;
    private final Mandate mandate;
    private final Map<Lower, String> batches = new EnumMap<>(Lower.class);

    WalkSql(BackfillStep step, TableShape shape, Mandate mandate) {
        this.step = step;
        this.key = shape.key();
        this.table = step.table().quoted();
        this.mandate = mandate;
    }

    static String assignments(BackfillStep step) {
        return step.set().entrySet().stream()
                .map(e -> new Identifier(e.getKey()).quoted() + " = (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** The key values are, in this order: the lower bound unless there is none, then the upper bound of the pass. */
    String batch(Lower lower) {
        return batches.computeIfAbsent(lower, this::batchFrom);
    }

    private String batchFrom(Lower lower) {
        return "WITH "
                + String.join(",\n", permit(), bound(lower), claim(), rows(lower), result(), COUNT)
                + "\n"
                + ANSWER;
    }

    private String permit() {
        String live = mandate == Mandate.ABORT
                ? "SELECT NULL::bigint AS wal_rate"
                : "SELECT p.wal_rate FROM nightshift.permits AS p"
                        + " WHERE p.run_id = $1 AND NOT p.revoked AND p.valid_until > clock_timestamp()";
        return "nightshift_permit AS MATERIALIZED (" + live + ")";
    }

    /** The last key of the batch: so many rows further on, or where the pass ends. */
    private String bound(Lower lower) {
        return """
            nightshift_bound AS MATERIALIZED (
                SELECT * FROM (
                    (SELECT %s, false AS nightshift_last FROM %s WHERE %s AND %s <= %s ORDER BY %s OFFSET $6 LIMIT 1)
                    UNION ALL SELECT %s, true) AS b (%s, nightshift_last)
                ORDER BY nightshift_last LIMIT 1)""".formatted(
                        columns(KeyNames.ALIASED),
                        table,
                        lowerBound(lower),
                        row(columns(KeyNames.OWN)),
                        row(parameters(upperAt(lower))),
                        columns(KeyNames.OWN),
                        parameters(upperAt(lower)),
                        columns(KeyNames.NUMBERED));
    }

    private String claim() {
        return """
            nightshift_claim AS (
                UPDATE nightshift.claims AS c
                SET cursor = ($5::text::jsonb - 'from')
                    || jsonb_build_object('after', jsonb_build_array(%s), 'done', b.nightshift_last)
                FROM nightshift_permit AS p, nightshift_bound AS b
                WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3 AND c.step = $4
                  AND c.cursor = $5::text::jsonb
                RETURNING c.cursor, p.wal_rate, pg_current_wal_insert_lsn() AS wal)""".formatted(each(i -> "b.nightshift_" + i + "::text"));
    }

    private String rows(Lower lower) {
        return """
            nightshift_rows AS (
                UPDATE %s SET %s
                WHERE %s AND %s <= (%s)%s AND EXISTS (SELECT FROM nightshift_claim)
                RETURNING %s AS nightshift_still, %s)""".formatted(
                        table,
                        assignments(step),
                        lowerBound(lower),
                        row(columns(KeyNames.OWN)),
                        each(i -> "(SELECT b.nightshift_" + i + " FROM nightshift_bound AS b)"),
                        where(" AND "),
                        step.where().map(w -> "((" + w + ") IS TRUE)").orElse("false"),
                        columns(KeyNames.ALIASED));
    }

    /** The position is read again when the rows are counted, so when they all have been written. */
    private String result() {
        return """
            nightshift_result AS MATERIALIZED (
                SELECT c.cursor, c.wal_rate, r.changed, r.still, r.example,
                       pg_wal_lsn_diff(pg_current_wal_insert_lsn(), c.wal)::bigint AS wal
                FROM nightshift_claim AS c, (
                    SELECT count(*) AS changed, count(*) FILTER (WHERE nightshift_still) AS still,
                           min(%s) FILTER (WHERE nightshift_still) AS example
                    FROM nightshift_rows) AS r)""".formatted(IntStream.rangeClosed(1, key.size())
                .mapToObj(i -> "nightshift_" + i + "::text")
                .collect(Collectors.joining(" || ', ' || ")));
    }

    /** The last key of the table: nothing that is inserted behind it belongs to the pass. */
    String lastKey() {
        return "SELECT %s FROM %s ORDER BY %s LIMIT 1"
                .formatted(
                        each(i -> key.get(i - 1).name() + "::text AS nightshift_" + i),
                        table,
                        each(i -> key.get(i - 1).name() + " DESC"));
    }

    String countMatching() {
        return "SELECT count(*) AS n FROM " + table + where(" WHERE ");
    }

    /** First and last key of the rows that match. */
    String matchingRange() {
        String keys = each(i -> key.get(i - 1).name() + "::text AS nightshift_" + i);
        String up = columns(KeyNames.OWN);
        String down = each(i -> key.get(i - 1).name() + " DESC");
        return "(SELECT %s FROM %s%s ORDER BY %s LIMIT 1) UNION ALL (SELECT %s FROM %s%s ORDER BY %s LIMIT 1)"
                .formatted(keys, table, where(" WHERE "), up, keys, table, where(" WHERE "), down);
    }

    String table() {
        return table;
    }

    int keySize() {
        return key.size();
    }

    private String lowerBound(Lower lower) {
        return lower == Lower.NONE
                ? "true"
                : row(columns(KeyNames.OWN)) + " " + lower.operator + " " + row(parameters(FIRST_KEY));
    }

    private int upperAt(Lower lower) {
        return lower == Lower.NONE ? FIRST_KEY : FIRST_KEY + key.size();
    }

    private String parameters(int first) {
        return each(i -> "$" + (first + i - 1) + "::text::" + key.get(i - 1).type());
    }

    private String where(String before) {
        return step.where().map(w -> before + "(" + w + ")").orElse("");
    }

    private enum KeyNames {
        OWN,
        ALIASED,
        NUMBERED
    }

    private String columns(KeyNames names) {
        return each(i -> {
            String own = key.get(i - 1).name();
            return switch (names) {
                case OWN -> own;
                case ALIASED -> own + " AS nightshift_" + i;
                case NUMBERED -> "nightshift_" + i;
            };
        });
    }

    /** A row of several columns compares as a whole; one column stays as it is. */
    private String row(String columns) {
        return key.size() == 1 ? columns : "(" + columns + ")";
    }

    private String each(Function<Integer, String> text) {
        return IntStream.rangeClosed(1, key.size()).mapToObj(text::apply).collect(Collectors.joining(", "));
    }
}
