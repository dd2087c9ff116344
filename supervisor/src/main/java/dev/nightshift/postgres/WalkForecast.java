package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.guards.preflight.WalForecast.Sample;
import dev.nightshift.guards.preflight.WalForecast.WalSettings;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.SqlState;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;

/** Measures what a forecast needs on a sample of a backfill's table; reads only. */
final class WalkForecast {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double PAGES = 1000;

    private static final String SHAPE = """
            WITH leaves AS MATERIALIZED (
                SELECT c.oid, c.reltuples FROM pg_class c
                WHERE c.oid = $1::bigint::oid
                   OR c.oid IN (SELECT p.relid FROM pg_partition_tree($1::bigint::oid) p WHERE p.isleaf))
            SELECT greatest(1, sum(pg_relation_size(l.oid)) / current_setting('block_size')::integer)::float8 AS pages,
                (sum(pg_indexes_size(l.oid)) / current_setting('block_size')::integer)::float8 AS index_pages,
                sum(greatest(l.reltuples, 0))::float8 AS rows,
                (SELECT count(*) FROM pg_index x WHERE x.indrelid = $1::bigint::oid)::integer AS indexes,
                NOT EXISTS (
                    SELECT FROM pg_index x
                    JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attname = ANY ($2)
                    WHERE x.indrelid = $1::bigint::oid AND (a.attnum = ANY (x.indkey::int2[]) OR EXISTS (
                        SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                          AND d.refobjid = x.indrelid AND d.refobjsubid = a.attnum))) AS hot,
                $6 OR coalesce((SELECT max(abs(s.correlation)) > 0.9 FROM pg_stats s
                          WHERE s.schemaname = $3 AND s.tablename = $4 AND quote_ident(s.attname) = $5), false) AS in_order
            FROM leaves l""";

    private WalkForecast() {}

    /** Empty when the sample took too long or found no row to tell its width by. */
    static Optional<WalForecast> of(PgSession session, WalkStep step, TableShape table, WalSettings settings) {
        try {
            Row shape = session.run(SHAPE, parameters(step, table), PATIENCE)
                    .iterator()
                    .next();
            double share = Math.min(1, PAGES / shape.getDouble("pages"));
            Row seen =
                    session.run(sample(step, table, share), PATIENCE).iterator().next();
            double rows = seen.getLong("seen").doubleValue();
            if (rows == 0) {
                return share == 1
                        ? Optional.of(
                                WalForecast.sampled(step.name(), step.walked().toString(), 0, 0, 0))
                        : Optional.empty();
            }
            double all = share == 1 ? rows : Math.max(shape.getDouble("rows"), rows);
            Sample sample = new Sample(
                    step.name(),
                    step.walked().toString(),
                    all * seen.getLong("matching").doubleValue() / rows,
                    seen.getDouble("width"),
                    shape.getDouble("pages"),
                    shape.getInteger("indexes"),
                    shape.getDouble("index_pages"),
                    shape.getBoolean("hot"),
                    shape.getBoolean("in_order"),
                    seen.getDouble("kept"));
            return Optional.of(WalForecast.of(sample, settings));
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.CANCELLED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Tuple parameters(WalkStep step, TableShape table) {
        return Tuple.of(table.oid())
                .addArrayOfString(step.set().keySet().toArray(String[]::new))
                .addString(step.walked().schema())
                .addString(step.walked().name())
                .addString(table.key().isEmpty() ? "" : table.key().get(0).name())
                .addBoolean(table.byHeap());
    }

    private static String sample(WalkStep step, TableShape table, double share) {
        String kept =
                table.change().keeps() ? table.change().kept().orElseThrow().width() : "0";
        return "SELECT count(*) AS seen, avg(pg_column_size(t.*))::float8 AS width, avg(" + kept
                + ")::float8 AS kept, count(*) FILTER (WHERE "
                + step.where().map(w -> "(" + w + ")").orElse("true") + ") AS matching FROM "
                + step.walked().quoted() + " AS t TABLESAMPLE SYSTEM (" + share * 100 + ")";
    }
}
