package dev.nightshift.postgres;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads back what a new session really got. */
final class SessionCheck {

    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;
    private static final int OLDEST = 14;
    private static final int MOST_TOLD = 3;

    private static final String READ_BACK =
            "SELECT name, setting, pg_is_in_recovery() AS standby, pg_backend_pid() AS pid FROM pg_catalog.pg_settings"
                    + " WHERE name = ANY ($1)";

    private SessionCheck() {}

    /** @param alsoOnStandby whether a standby is no mistake */
    static Future<Void> of(
            PgConnection connection, SessionSettings settings, DatabaseUrl.Host host, boolean alsoOnStandby) {
        int version = connection.databaseMetadata().majorVersion();
        if (version < OLDEST) {
            return Future.failedFuture(new Permanent(new Explanation(
                    host + " is PostgreSQL " + connection.databaseMetadata().fullVersion(),
                    "opening session " + settings.name(),
                    Explanation.NOTHING_CHANGED,
                    "use a server of version " + OLDEST + " or later")));
        }
        Map<String, String> wanted = settings.asStartupParameters();
        wanted.remove("client_encoding");
        Future<?> more = version >= FIRST_WITH_TRANSACTION_TIMEOUT
                ? connection
                        .query("SET transaction_timeout = "
                                + settings.transactionTimeout().toMillis())
                        .execute()
                : Future.succeededFuture();
        return more.compose(set -> connection
                        .preparedQuery(READ_BACK)
                        .execute(Tuple.of(wanted.keySet().toArray(String[]::new))))
                .compose(rows -> !alsoOnStandby && isStandby(rows)
                        ? Future.failedFuture(new StandbyFound(host))
                        : judge(rows, wanted, connection.processId(), host));
    }

    private static boolean isStandby(RowSet<Row> rows) {
        RowIterator<Row> first = rows.iterator();
        return first.hasNext() && first.next().getBoolean("standby");
    }

    private static Future<Void> judge(RowSet<Row> rows, Map<String, String> wanted, int pid, DatabaseUrl.Host host) {
        List<String> differences = new ArrayList<>();
        boolean sameBackend = true;
        for (Row row : rows) {
            sameBackend &= row.getInteger("pid") == pid;
            String name = row.getString("name");
            if (!row.getString("setting").equals(wanted.get(name))) {
                differences.add(name + " = " + row.getString("setting") + " instead of " + wanted.get(name));
            }
        }
        if (sameBackend && differences.isEmpty() && rows.size() == wanted.size()) {
            return Future.succeededFuture();
        }
        String what = differences.isEmpty() ? "answers come from another backend" : first(differences);
        return Future.failedFuture(
                new PoolerFound("the session on " + host + " is not the one that was asked for: " + what));
    }

    /** The first few tell enough. */
    private static String first(List<String> differences) {
        List<String> sorted = differences.stream()
                .sorted(Comparator.comparing((String text) -> !text.contains("_timeout"))
                        .thenComparing(text -> text))
                .toList();
        int more = sorted.size() - MOST_TOLD;
        return more <= 1
                ? String.join(", ", sorted)
                : String.join(", ", sorted.subList(0, MOST_TOLD)) + " and " + more + " more";
    }
}
