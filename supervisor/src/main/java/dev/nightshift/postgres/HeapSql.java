package dev.nightshift.postgres;

import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.worker.Mandate;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of a heap walk; their first parameters are those of {@link BatchSql}, then $6 the next cursor, $7 and
 * $8 oid and file of the leaf, $9 and $10 the bounds of its range, $11 a mask over the rows' places in their page, and
 * $12 which of them it is.
 */
final class HeapSql {

    /**
     * Each stripe takes every n-th place of a page: the space that it leaves is spread evenly, and the next stripe's rows
     * find it in their own page.
     */
    private static final String STRIPE = "get_byte(tidsend(ctid), 5) & $11::integer = $12::integer";

    private static final String HOT = "pg_stat_get_xact_tuples_hot_updated($7::bigint::oid)";

    private final WalkStep step;
    private final TableShape shape;
    private final Change change;
    private final Mandate mandate;
    private final Map<Kind, String> batches = new HashMap<>();

    /** What the text of a batch depends on: it is written once, not for each of them. */
    private record Kind(long leaf, String name, boolean around) {}

    HeapSql(WalkStep step, TableShape shape, Mandate mandate) {
        this.step = step;
        this.shape = shape;
        this.change = shape.change();
        this.mandate = mandate;
    }

    /** @param around leaves out rows that others have locked: a sweep comes back for them */
    String batch(Leaf leaf, boolean around) {
        return batches.computeIfAbsent(new Kind(leaf.oid(), leaf.name(), around), kind -> written(leaf, around));
    }

    private String written(Leaf leaf, boolean around) {
        List<String> parts = new ArrayList<>(List.of(claim()));
        if (around || change.keeps()) {
            parts.add(locked(leaf, around));
        }
        parts.add(rows(leaf, around));
        return BatchSql.batch(mandate, parts, HOT, change.keeping());
    }

    /** A leaf whose file is another one than the cursor's has had all its rows moved. */
    private static String claim() {
        return """
            nightshift_claim AS (
                UPDATE nightshift.claims AS c SET cursor = $6::text::jsonb
                FROM nightshift_permit AS p
                WHERE %s AND pg_relation_filenode($7::bigint::oid)::bigint = $8::bigint
                %s)""".formatted(BatchSql.OWN_CLAIM, BatchSql.claimed(HOT));
    }

    private String locked(Leaf leaf, boolean around) {
        String old = change.keeps() ? ", " + change.kept().orElseThrow().old() : "";
        return """
            %s AS MATERIALIZED (
                SELECT ctid AS nightshift_tid%s FROM %s WHERE %s AND %s AND %s
                FOR %s%s)""".formatted(
                        KeptSql.LOCKED,
                        old,
                        from(leaf),
                        inStripe(),
                        change.matching(),
                        BatchSql.CLAIMED,
                        change.lock(shape.setsKey()),
                        around ? " SKIP LOCKED" : "");
    }

    /** What moved since the statement's snapshot is not where it was locked: it is left to a sweep. */
    private String rows(Leaf leaf, boolean around) {
        String which = change.keeps()
                ? "ctid = nightshift_tid"
                : around ? "ctid = ANY (ARRAY(SELECT nightshift_tid FROM " + KeptSql.LOCKED + "))" : inStripe();
        String condition = which + " AND " + change.matching() + " AND " + BatchSql.CLAIMED;
        return "nightshift_rows AS (" + change.rows(from(leaf), condition, keys()) + ")";
    }

    private static String inStripe() {
        return "ctid >= $9::text::tid AND ctid < $10::text::tid AND " + STRIPE;
    }

    /** The plan's expressions may name the table. */
    private String from(Leaf leaf) {
        String name = new Identifier(step.walked().name()).quoted();
        return "ONLY " + leaf.name() + (leaf.oid() == shape.oid() ? "" : " AS " + name);
    }

    private List<String> keys() {
        return shape.key().isEmpty()
                ? List.of("ctid")
                : shape.key().stream().map(TableShape.KeyColumn::name).toList();
    }

    /**
     * Rows that are left by blocks of {@code chunk}, reading the leaf from end to end, or a part of it when it is huge.
     *
     * @param last nothing comes behind the part but what the leaf has grown by since
     */
    String leftBlocks(Leaf leaf, Blocks part, boolean last, int chunk) {
        // Without a condition on ctid the server reads through a small ring of buffers.
        String within = (part.from() == 0 ? "true" : "ctid >= '" + Blocks.tid(part.from()) + "'")
                + (last ? "" : " AND ctid < '" + Blocks.tid(part.to()) + "'");
        String block = "((ctid::text::point)[0]::bigint / " + chunk + ")::bigint";
        return "SELECT nightshift_1 AS chunk, count(*) AS n FROM (" + change.left(from(leaf), List.of(block), within)
                + ") AS nightshift_left GROUP BY 1 ORDER BY 1";
    }

    /** Of a sample of pages: rows that match in each page that holds any, and in each page. */
    String density(Leaf leaf, int pages) {
        double percent = Math.min(100, 100.0 * pages / Math.max(1, leaf.blocks()));
        return """
            SELECT count(*)::float8 / greatest(1, count(DISTINCT (ctid::text::point)[0])) AS where_any,
                   count(*)::float8 / greatest(1, %s) AS everywhere, current_setting('track_counts')::boolean AS counted
            FROM %s TABLESAMPLE SYSTEM (%s) WHERE %s""".formatted(Math.max(1, Math.min(pages, leaf.blocks())), from(leaf), percent, change.matching());
    }

    /**
     * @param own run, epoch, token, step, the cursor that the journal has and the next one
     * @param begun the cursor with its range
     */
    static Tuple values(Tuple own, HeapCursor begun) {
        Blocks range = begun.range().orElseThrow();
        return own.addLong(begun.leaf())
                .addLong(begun.file())
                .addString(Blocks.tid(range.from()))
                .addString(Blocks.tid(range.to()))
                .addInteger(begun.stripes() - 1)
                .addInteger(begun.stripe());
    }
}
