package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.worker.Mandate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements of a key walk over one table; their first parameters are those of {@link BatchSql}. */
final class KeySql {

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

    private final Change change;
    private final List<TableShape.KeyColumn> key;
    private final String table;
    private final boolean setsKey;
    private final Mandate mandate;
    private final Map<Lower, String> batches = new EnumMap<>(Lower.class);

    KeySql(WalkStep step, TableShape shape, Mandate mandate) {
        this.change = shape.change();
        this.key = shape.key();
        this.table = step.walked().quoted();
        this.setsKey = shape.setsKey();
        this.mandate = mandate;
    }

    /** The key values are, in this order: the lower bound unless there is none, then the upper bound of the pass. */
    String batch(Lower lower) {
        return batches.computeIfAbsent(lower, this::batchFrom);
    }

    private String batchFrom(Lower lower) {
        List<String> parts = new ArrayList<>(List.of(bound(lower), claim()));
        if (change.keeps()) {
            parts.add(locked(lower));
        }
        parts.add(rows(lower));
        return BatchSql.batch(mandate, parts, "0", change.keeping());
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
                WHERE %s
                %s)""".formatted(each(i -> "b.nightshift_" + i + "::text"), BatchSql.OWN_CLAIM, BatchSql.claimed("0"));
    }

    /** By its key a row is found again that moved since the statement's snapshot. */
    private String locked(Lower lower) {
        KeptSql kept = change.kept().orElseThrow();
        return KeptSql.LOCKED + " AS MATERIALIZED (SELECT " + kept.keys() + ", " + kept.old() + " FROM " + table
                + " WHERE " + condition(lower) + " FOR " + change.lock(setsKey) + ")";
    }

    private String rows(Lower lower) {
        String which = condition(lower)
                + (change.keeps() ? " AND " + change.kept().orElseThrow().sameKey() : "");
        return "nightshift_rows AS (" + change.rows(table, which, names()) + ")";
    }

    private String condition(Lower lower) {
        String bound = each(i -> "(SELECT b.nightshift_" + i + " FROM nightshift_bound AS b)");
        return lowerBound(lower) + " AND " + row(columns(KeyNames.OWN)) + " <= (" + bound + ") AND " + change.matching()
                + " AND " + BatchSql.CLAIMED;
    }

    private List<String> names() {
        return key.stream().map(TableShape.KeyColumn::name).toList();
    }

    /** The last key of the table: nothing that is inserted behind it belongs to the pass. */
    String lastKey() {
        return "SELECT %s FROM %s ORDER BY %s LIMIT 1"
                .formatted(
                        each(i -> key.get(i - 1).name() + "::text AS nightshift_" + i),
                        table,
                        each(i -> key.get(i - 1).name() + " DESC"));
    }

    String countLeft() {
        return "SELECT count(*) AS n FROM (" + change.left(table, List.of("1"), "true") + ") AS nightshift_left";
    }

    /** First and last key of the rows that are left. */
    String leftRange() {
        String left = change.left(table, names(), "true");
        String keys = each(i -> "nightshift_" + i + "::text");
        String up = each(i -> "l.nightshift_" + i);
        String down = each(i -> "l.nightshift_" + i + " DESC");
        return "(SELECT %s FROM (%s) AS l ORDER BY %s LIMIT 1) UNION ALL (SELECT %s FROM (%s) AS l ORDER BY %s LIMIT 1)"
                .formatted(keys, left, up, keys, left, down);
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
