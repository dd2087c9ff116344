package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * An index as the catalog has it.
 *
 * @param builder session that builds it now, 0 when none does
 */
record IndexState(long oid, boolean valid, String definition, int builder) {

    private static final String FIND = """
            SELECT c.oid::bigint AS oid, x.indisvalid AS valid, pg_get_indexdef(c.oid) AS definition,
                   coalesce((SELECT p.pid FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid LIMIT 1), 0)
                       AS builder
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_index x ON x.indexrelid = c.oid
            WHERE n.nspname = $1 AND c.relname = $2""";

    static Optional<IndexState> find(PgSession session, IndexStatement index) {
        for (Row row : session.run(FIND, Tuple.of(index.schema(), index.name()), ControlLine.PATIENCE)) {
            return Optional.of(new IndexState(
                    row.getLong("oid"),
                    row.getBoolean("valid"),
                    row.getString("definition"),
                    row.getInteger("builder")));
        }
        return Optional.empty();
    }
}
