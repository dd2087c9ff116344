package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One table with rows of its own: the step's table, or a partition or child of it.
 *
 * @param name quoted, with its schema
 * @param file its relfilenode
 */
record Leaf(long oid, String name, long file, long blocks) {

    private static final String LEAVES = """
            WITH RECURSIVE tree (oid) AS (
                SELECT $1::bigint::oid
                UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid
                      WHERE NOT i.inhdetachpending)
            SELECT c.oid::bigint AS oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                   pg_relation_filenode(c.oid)::bigint AS file,
                   pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks
            FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' ORDER BY 1""";

    /** Those of a table as they are now, in the order of a walk. */
    static List<Leaf> of(PgSession session, long table, Duration patience) {
        List<Leaf> leaves = new ArrayList<>();
        for (Row row : session.run(LEAVES, Tuple.of(table), patience)) {
            leaves.add(new Leaf(row.getLong("oid"), row.getString("name"), row.getLong("file"), row.getLong("blocks")));
        }
        return leaves;
    }

    /** A query that does no more than read some of its blocks, by which the server prunes them. */
    String reading(Blocks part) {
        return "SELECT count(*) FROM ONLY " + name + " WHERE ctid >= '" + Blocks.tid(part.from()) + "' AND ctid < '"
                + Blocks.tid(part.to()) + "'";
    }

    Blocks all() {
        return new Blocks(0, blocks);
    }
}
