package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the standbys until each has moved or seconds have passed: one look cannot tell a standby that is busy from one
 * that is paused, and what the server says of its lag stays as it was when replay stopped.
 */
final class ReplayLook {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private ReplayLook() {}

    /** The names of those that have WAL which they do not replay. Costs nothing where every standby has replayed all. */
    static List<String> standing(PgSession session) {
        Map<Integer, Row> still = behind(session);
        long begin = System.nanoTime();
        while (!still.isEmpty() && System.nanoTime() - begin < LONG_ENOUGH.toNanos()) {
            pause();
            Map<Integer, Row> now = behind(session);
            still.entrySet().removeIf(first -> hasMoved(first.getValue(), now.get(first.getKey())));
        }
        return still.values().stream().map(row -> row.getString("name")).toList();
    }

    private static boolean hasMoved(Row first, @org.jspecify.annotations.Nullable Row now) {
        return now == null || !now.getString("replayed").equals(first.getString("replayed"));
    }

    private static Map<Integer, Row> behind(PgSession session) {
        Map<Integer, Row> behind = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        session.run(PreflightSql.REPLAY, Tuple.tuple(), PATIENCE).forEach(rows::add);
        rows.forEach(row -> behind.put(row.getInteger("pid"), row));
        return behind;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionLost("interrupted", e);
        }
    }
}
