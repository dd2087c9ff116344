package dev.nightshift.bench.measure;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Row;

/**
 * Sizes of {@code public.orders} and counters of its updates, those of the application among them.
 *
 * @param bytes of the table without its indexes
 */
public record TableFacts(long bytes, long indexBytes, long updates, long hotUpdates) {

    private static final String READ = """
            SELECT pg_table_size(o) AS bytes, pg_indexes_size(o) AS index_bytes,
                   coalesce(n_tup_upd, 0) AS updates, coalesce(n_tup_hot_upd, 0) AS hot
            FROM pg_stat_all_tables, CAST('public.orders' AS regclass) AS o WHERE relid = o""";

    public static TableFacts read(Login login) {
        Row row = login.rows(READ).get(0);
        return new TableFacts(row.number("bytes"), row.number("index_bytes"), row.number("updates"), row.number("hot"));
    }

    public double growthSince(TableFacts before) {
        return bytes / (double) before.bytes;
    }

    public double indexGrowthSince(TableFacts before) {
        return indexBytes / (double) before.indexBytes;
    }

    /** Of the updates since then, the share that stayed in their page and wrote no index. */
    public double hotSince(TableFacts before) {
        return (hotUpdates - before.hotUpdates) / (double) Math.max(1, updates - before.updates);
    }
}
