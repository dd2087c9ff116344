package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the standbys until each has moved twice or seconds have passed: one look cannot tell a standby that is busy from one
 * that is paused, and what the server says of its lag stays as it was when replay stopped.
 */
final class ReplayLook {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A standby that was paused a moment ago still has to report where. */
    private static final int LATE_REPORTS = 1;

    private ReplayLook() {}

    /** The names of those that have WAL which they do not replay. Costs nothing where every standby has replayed all. */
    static List<String> standing(PgSession session) {
        Map<Integer, Standby> still = behind(session);
        while (still.values().stream().anyMatch(standby -> !standby.stands())) {
            pause();
            Map<Integer, Standby> now = behind(session);
            still.keySet().retainAll(now.keySet());
            still.replaceAll((pid, standby) -> standby.next(now.getOrDefault(pid, standby)));
            still.values().removeIf(standby -> standby.moves() > LATE_REPORTS);
        }
        return still.values().stream().map(Standby::name).toList();
    }

    private static Map<Integer, Standby> behind(PgSession session) {
        Map<Integer, Standby> behind = new HashMap<>();
        for (Row row : session.run(PreflightSql.REPLAY, Tuple.tuple(), PATIENCE)) {
            Standby standby = new Standby(row.getString("name"), row.getString("replayed"), 0, System.nanoTime());
            behind.put(row.getInteger("pid"), standby);
        }
        return behind;
    }

    /**
     * One that is behind.
     *
     * @param moves seen so far
     * @param since the last of them, of {@link System#nanoTime()}
     */
    private record Standby(String name, String replayed, int moves, long since) {

        Standby next(Standby now) {
            return now.replayed.equals(replayed) ? this : new Standby(name, now.replayed, moves + 1, now.since);
        }

        boolean stands() {
            return System.nanoTime() - since >= LONG_ENOUGH.toNanos();
        }
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
