package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session whose questions to the catalog are short. */
record CatalogSession(PgSession session) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    RowSet<Row> ask(String sql, Tuple values) {
        return session.run(sql, values, PATIENCE);
    }

    /** What a query answers as {@code name}. */
    List<String> names(String sql, Tuple values) {
        List<String> names = new ArrayList<>();
        ask(sql, values).forEach(row -> names.add(row.getString("name")));
        return names;
    }

    void explain(String sql) {
        session.run("EXPLAIN " + sql, PATIENCE);
    }
}
