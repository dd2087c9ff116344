package dev.nightshift.schema;

import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Looks at the migrating session from another one: tells whom it waits for and how far an index is, and cancels it when
 * the work is to stop.
 */
final class MigrationWatch implements AutoCloseable {

    private static final long EVERY_MILLIS = 250;

    /** A cancelled statement ends at once; one that does not is ended with its session. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Its statements are limited to five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String LOOK = """
            SELECT a.pid, a.state = 'active' AS active, p.phase, coalesce(round(100.0 * p.blocks_done / nullif(p.blocks_total, 0)), 0)::int AS percent,
                coalesce((SELECT string_agg('pid ' || b.pid
                        || coalesce(' (' || nullif(b.application_name, '') || ', ' || b.usename || ')', ''), ' and ')
                    FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(a.pid))), '') AS blockers
            FROM pg_stat_activity a LEFT JOIN pg_stat_progress_create_index p ON p.pid = a.pid
            WHERE a.application_name = ?""";

    /** The name holds run and epoch: within one query no other session can be meant. */
    private static final String CANCEL = "SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a"
            + " WHERE a.application_name = ? AND a.state = 'active'";

    private static final String TERMINATE =
            "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.application_name = ?";

    private final SessionSource source;
    private final String watched;
    private final Attempt attempt;
    private final Map<Connection, Integer> admitted = new ConcurrentHashMap<>();
    private final Thread worker = Thread.currentThread();
    private final Thread thread = new Thread(this::loop, "nightshift-migration-watch");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String doing = "applying migrations";
    private volatile String blocker = "";
    private volatile long stopping;

    private MigrationWatch(Login login, Attempt attempt) {
        this.source = new SessionSource(login, attempt.sessionName("schema-watch"), PATIENCE, MigrationWatch::prepare);
        this.watched = attempt.sessionName("schema");
        this.attempt = attempt;
    }

    static MigrationWatch start(Login login, Attempt attempt) {
        MigrationWatch watch = new MigrationWatch(login, attempt);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** A session that applies migrations: when the server has it no more, nothing is waited for on it. */
    void admitted(Connection session) throws SQLException {
        admitted.put(session, session.unwrap(PGConnection.class).getBackendPID());
    }

    /** What people are told while nothing is in the way. */
    void doing(String sentence) {
        doing = sentence;
        blocker = "";
        attempt.activity().now(sentence);
    }

    /** Whom the session was last seen waiting for since {@link #doing}; empty when it was not. */
    String blocker() {
        return blocker;
    }

    boolean stopAsked() {
        return attempt.stop().asked() || worker.isInterrupted();
    }

    /** What it asks takes a moment, or is asked again. */
    private static void prepare(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET search_path = pg_catalog; SET statement_timeout = '5s'; SET lock_timeout = '1s'");
        }
    }

    private void loop() {
        while (!isClosed()) {
            try (Connection session = source.getConnection()) {
                while (!isClosed()) {
                    look(session);
                }
            } catch (SQLException e) {
                // It is opened again; the migrating session itself tells when the server is gone.
                isClosed();
            }
        }
    }

    private boolean isClosed() {
        try {
            return closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void look(Connection session) throws SQLException {
        if (stopAsked()) {
            stop(session);
            return;
        }
        Map<Connection, Integer> known = Map.copyOf(admitted);
        try (PreparedStatement statement = session.prepareStatement(LOOK)) {
            statement.setString(1, watched);
            Set<Integer> there = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    there.add(row.getInt("pid"));
                    if (row.getBoolean("active")) {
                        say(row);
                    }
                }
            }
            for (Map.Entry<Connection, Integer> one : known.entrySet()) {
                giveUp(one.getKey(), there.contains(one.getValue()));
            }
        }
    }

    /** A link that swallows everything does not tell that the server has ended a session. */
    private void giveUp(Connection session, boolean there) throws SQLException {
        if (there) {
            return;
        }
        admitted.remove(session);
        session.abort(Runnable::run);
    }

    private void say(ResultSet row) throws SQLException {
        String blockers = row.getString("blockers");
        String phase = row.getString("phase");
        if (!blockers.isEmpty()) {
            blocker = blockers;
            attempt.activity().now(doing + ": waits for " + blockers);
        } else if (phase != null) {
            attempt.activity().now(doing + ": " + phase + ", " + row.getInt("percent") + " %");
        }
    }

    private void stop(Connection session) throws SQLException {
        if (stopping == 0) {
            stopping = System.nanoTime();
        }
        boolean late = System.nanoTime() - stopping > GRACE.toNanos();
        try (PreparedStatement statement = session.prepareStatement(late ? TERMINATE : CANCEL)) {
            statement.setString(1, watched);
            statement.execute();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            worker.interrupt();
        }
    }
}
