package dev.nightshift.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * One PostgreSQL server process of a {@link Cluster}, which can be stopped, started, killed, frozen and promoted; its
 * port and its files stay the same all along.
 */
public final class PostgresServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PID_LINE = 0;
    private static final int STATUS_LINE = 7;

    private final String name;
    private final int port;
    private final String password;
    private final DataDirectory data;
    private final Keeper keeper;
    private volatile long pid;

    PostgresServer(String name, int port, String password, DataDirectory data, Keeper keeper) {
        this.name = name;
        this.port = port;
        this.password = password;
        this.data = data;
        this.keeper = keeper;
    }

    /** {@code primary}, or the application name of a standby. */
    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** The ordinary role that owns database {@code shop} and is a member of pg_monitor. */
    public Login migrator() {
        return new Login(port, Cluster.MIGRATOR, password, Cluster.DATABASE);
    }

    /** Role {@code postgres} in database {@code shop}. */
    public Login superuser() {
        return new Login(port, Cluster.SUPERUSER, password, Cluster.DATABASE);
    }

    /** The password of all roles of this cluster. */
    public String password() {
        return password;
    }

    /** Of {@link #migrator}, without the password. */
    public String url() {
        return migrator().url();
    }

    public String jdbcUrl() {
        return migrator().jdbcUrl();
    }

    /** As {@link #migrator}. */
    public Connection connect() throws SQLException {
        return migrator().connect();
    }

    /** As {@link #migrator}; {@link #superuser} where more is needed. */
    public void execute(String... statements) {
        migrator().execute(statements);
    }

    /** What the server wrote to its log. */
    public Path log() {
        return data.path().resolveSibling("log");
    }

    public Path dataDirectory() {
        return data.path();
    }

    public boolean running() {
        return keeper.running();
    }

    /** Process id of the postmaster, also when it has ended. */
    public long pid() {
        return pid;
    }

    /** Starts the server, and returns when it takes connections. */
    public void start() {
        if (keeper.running()) {
            throw new SandboxFailed(name + " is already running");
        }
        pid = keeper.start();
        Await.until(name + " takes connections", PATIENCE, () -> {
            if (!keeper.running()) {
                throw new SandboxFailed(name + " did not start:\n" + Files.readString(log()));
            }
            return ready();
        });
    }

    /** Fast shutdown, as an administrator does it: sessions end, and a last checkpoint is written. */
    public void stop() {
        end("INT");
    }

    /** Every process of the server dies at once, as on a machine that lost its power. */
    public void kill() {
        List<Long> family = Processes.family(pid);
        Processes.signal("KILL", family);
        family.forEach(Processes::awaitGone);
        awaitStopped();
    }

    public void restart() {
        stop();
        start();
    }

    /** Every process of the server stands still and keeps its connections open. */
    public void freeze() {
        // The postmaster first, so that it starts no more while its children are counted.
        Processes.freeze(pid);
        Processes.signal("STOP", Processes.family(pid));
    }

    public void thaw() {
        Processes.signal("CONT", Processes.family(pid));
    }

    /** Makes a standby a primary and returns when it takes writes. */
    public void promote() {
        if (!superuser().truth("SELECT pg_promote(true, 60)")) {
            throw new SandboxFailed(name + " was not promoted within 60 s; see " + log());
        }
    }

    /** Changes a setting as superuser and reloads the configuration; some settings need {@link #restart} as well. */
    public void alterSystem(String setting, String value) {
        superuser().execute("ALTER SYSTEM SET " + setting + " = '" + value + "'", "SELECT pg_reload_conf()");
    }

    void close() {
        keeper.close();
    }

    DataDirectory data() {
        return data;
    }

    private void end(String signal) {
        Processes.signal(signal, List.of(pid));
        awaitStopped();
    }

    private void awaitStopped() {
        Await.until(name + " has stopped", PATIENCE, () -> !keeper.running());
    }

    private boolean ready() {
        List<String> lines = postmasterFile();
        // A killed server leaves its file, which says ready for ever.
        return lines.size() > STATUS_LINE
                && lines.get(PID_LINE).strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private List<String> postmasterFile() {
        try {
            return Files.readAllLines(data.path().resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new SandboxFailed("could not read the state of " + name, e);
        }
    }
}
