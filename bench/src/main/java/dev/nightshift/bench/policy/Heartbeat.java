package dev.nightshift.bench.policy;

import dev.nightshift.sandbox.SandboxFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A row that is set to the present instant twice a second on the primary and read on the standby. */
final class Heartbeat implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(500);
    private static final String CREATE =
            "CREATE TABLE public.heartbeat (at timestamptz NOT NULL) WITH (fillfactor = 10)";
    private static final String FIRST = "INSERT INTO public.heartbeat VALUES (clock_timestamp())";
    private static final String NEXT = "UPDATE public.heartbeat SET at = clock_timestamp()";
    private static final String AGE = "SELECT extract(epoch FROM clock_timestamp() - at)::float8 FROM public.heartbeat";

    private final Connection primary;
    private final Connection standby;
    private final Thread thread = new Thread(this::beat, "heartbeat");
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    private Heartbeat(Connection primary, Connection standby) {
        this.primary = primary;
        this.standby = standby;
        thread.setDaemon(true);
    }

    static Heartbeat start(Scene scene) throws SQLException {
        scene.login().execute(CREATE, FIRST);
        scene.cluster().awaitCaughtUp(Scene.STANDBY, Duration.ofMinutes(1));
        Heartbeat heartbeat = new Heartbeat(
                scene.login().connect("bench heartbeat"),
                scene.cluster().standby(Scene.STANDBY).migrator().connect("bench heartbeat"));
        heartbeat.thread.start();
        return heartbeat;
    }

    /** In seconds, by the clock that both servers share. */
    double age() throws SQLException {
        SQLException seen = failure;
        if (seen != null) {
            throw new SandboxFailed("the heartbeat has ended: " + seen.getMessage(), seen);
        }
        try (Statement statement = standby.createStatement();
                ResultSet rows = statement.executeQuery(AGE)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    private void beat() {
        try (Statement statement = primary.createStatement()) {
            while (!closed) {
                statement.execute(NEXT);
                LockSupport.parkNanos(BEAT.toNanos());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        primary.close();
        standby.close();
    }
}
