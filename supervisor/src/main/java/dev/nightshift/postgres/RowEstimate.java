package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.SqlState;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How many rows a backfill is going to change, by a sample of the table's pages. The planner's own figure is no use where
 * it matters most: it has no statistics of a column that was added a moment ago, and takes half a per cent for granted.
 */
final class RowEstimate {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double PAGES = 1000;

    private RowEstimate() {}

    /** Empty when the sample took too long or found no row. */
    static OptionalLong of(PgSession session, WalkStep step) {
        String table = step.walked().quoted();
        try {
            Row size = session.run(WalkCatalog.SIZE, Tuple.of(table), PATIENCE)
                    .iterator()
                    .next();
            double share = Math.min(1, PAGES / size.getDouble("pages"));
            Row sample = session.run(sample(step, share), PATIENCE).iterator().next();
            double seen = sample.getLong("seen").doubleValue();
            long matching = sample.getLong("matching");
            if (share == 1) {
                return OptionalLong.of(matching);
            }
            double rows = Math.max(size.getDouble("rows"), seen);
            return seen == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(rows * matching / seen));
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.CANCELLED) {
                return OptionalLong.empty();
            }
            throw WorkSessions.trouble(e, "sampling " + step.walked(), "nothing of this step was changed by it");
        }
    }

    private static String sample(WalkStep step, double share) {
        return "SELECT count(*) AS seen, count(*) FILTER (WHERE "
                + step.where().map(w -> "(" + w + ")").orElse("true") + ") AS matching FROM "
                + step.walked().quoted() + " TABLESAMPLE SYSTEM (" + share * 100 + ")";
    }
}
