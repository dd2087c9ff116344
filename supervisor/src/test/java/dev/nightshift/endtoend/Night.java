package dev.nightshift.endtoend;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A real primary with standbys and a shop, and Nightshift as its users start it: a process of its own. */
final class Night implements AutoCloseable {

    private static final long POLL_MILLIS = 50;

    final Cluster cluster;
    private final Path directory;
    private final List<Nightshift> started = new ArrayList<>();
    private PostgresServer primary;

    private Night(Cluster cluster, Path directory) {
        this.cluster = cluster;
        this.primary = cluster.primary();
        this.directory = directory;
    }

    static Night start(Path directory, long orders, ClusterSettings settings) {
        Cluster cluster = Cluster.start(settings);
        try {
            new Shop(orders, 0, 0).createAndCheckpoint(cluster.primary());
            cluster.standbys().forEach(s -> cluster.awaitCaughtUp(s, Duration.ofMinutes(2)));
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return new Night(cluster, directory);
    }

    PostgresServer primary() {
        return primary;
    }

    /** The primary dies, and this standby takes its place. */
    void failOverTo(String standby) {
        primary.kill();
        primary = cluster.standby(standby);
        primary.promote();
    }

    /** Writes a plan; {@code %URL%} and {@code %DIR%} in its text stand for the database and this test's directory. */
    Path plan(String text) {
        try {
            return Files.writeString(
                    directory.resolve("plan.yaml"),
                    text.replace("%URL%", primary().url()).replace("%DIR%", directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command of Nightshift. */
    Nightshift nightshift(String... arguments) {
        return nightshift(Map.of(), arguments);
    }

    /** Starts it with these variables besides. */
    Nightshift nightshift(Map<String, String> environment, String... arguments) {
        Nightshift process = Nightshift.start(directory, primary(), environment, arguments);
        started.add(process);
        return process;
    }

    /** The one value of a query, as text; null stays null. */
    String ask(String sql) {
        try (Connection connection = primary().superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long count(String sql) {
        return Long.parseLong(ask(sql));
    }

    /** The state of the only run, or nothing before it was begun. */
    String state() {
        return ask("SELECT CASE WHEN to_regclass('nightshift.runs') IS NULL THEN 'none' ELSE"
                        + " (SELECT query_to_xml('SELECT state FROM nightshift.runs ORDER BY created_at DESC LIMIT 1',"
                        + " true, true, '')::text) END")
                .replaceAll("(?s).*<state>(.*)</state>.*", "$1");
    }

    void awaitState(String state) {
        await("state " + state + ", it is " + state(), () -> state().equals(state));
    }

    /** Rows changed so far by the walk. */
    long rowsDone() {
        return state().equals("none") ? 0 : count("SELECT coalesce(sum(rows), 0) FROM nightshift.progress");
    }

    static void await(String what, BooleanSupplier reached) {
        await(Duration.ofMinutes(2), what, reached);
    }

    static void await(Duration patience, String what, BooleanSupplier reached) {
        long end = System.nanoTime() + patience.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come within " + patience + ": " + what);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Ends every command of Nightshift. */
    void endAll() {
        started.forEach(Nightshift::kill);
        started.clear();
    }

    @Override
    public void close() {
        endAll();
        cluster.close();
    }
}
