package dev.nightshift.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A PostgreSQL primary and its streaming standbys, each behind a {@link Relay}: real server processes of this machine
 * that are gone, with their files, when the cluster is closed or this JVM dies.
 */
public final class Cluster implements AutoCloseable {
    static final String SUPERUSER = "postgres";
    static final String REPLICATOR = "replicator";
    static final String MIGRATOR = "migrator";
    static final String DATABASE = "shop";

    private final ClusterSettings settings;
    private final Binaries binaries;
    private final Path directory;
    private final Account account;
    private final String password = HexFormat.of().formatHex(random(16));
    private final Map<String, PostgresServer> standbys = new LinkedHashMap<>();
    private final Map<String, Relay> relays = new LinkedHashMap<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final PostgresServer primary;
    private final Duration startup;

    private Cluster(ClusterSettings settings) throws IOException {
        long begin = System.nanoTime();
        this.settings = settings;
        this.binaries = Binaries.find(settings.source(), settings.major());
        this.directory = Files.createTempDirectory("nightshift-sandbox-");
        try {
            this.account = Account.choose(binaries.directory().resolve("postgres"), directory);
            this.primary = server("primary");
            primary.data().initialise(binaries, password);
            primary.data().configure(configuration(primary));
            primary.start();
            createRoles();
            settings.standbys().forEach(this::addStandby);
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
        this.startup = Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Returns when every standby streams and takes connections. */
    public static Cluster start(ClusterSettings settings) {
        try {
            return new Cluster(settings);
        } catch (IOException e) {
            throw new SandboxFailed("could not prepare a directory for the servers: " + e.getMessage(), e);
        }
    }

    public PostgresServer primary() {
        return primary;
    }

    public PostgresServer standby(String name) {
        return Objects.requireNonNull(standbys.get(name), () -> "no standby " + name + " in " + standbys.keySet());
    }

    /** The link between that standby and the primary. */
    public Relay relay(String name) {
        return Objects.requireNonNull(relays.get(name), () -> "no standby " + name + " in " + relays.keySet());
    }

    public List<String> standbys() {
        return List.copyOf(standbys.keySet());
    }

    /** The name of that standby's replication slot on the primary. */
    public static String slotOf(String standby) {
        return standby.replace('-', '_');
    }

    public Binaries binaries() {
        return binaries;
    }

    /** Whether a program such as {@code pg_dump} that fits these servers is on this machine. */
    public boolean hasTool(String name) {
        return tool(name).isPresent();
    }

    public Optional<Path> tool(String name) {
        return binaries.tool(name);
    }

    /** Where the files of all servers are. */
    public Path directory() {
        return directory;
    }

    /** How long the start took. */
    public Duration startup() {
        return startup;
    }

    /** Adds a standby that is seeded from the primary as it is now. */
    public PostgresServer addStandby(String name) {
        try {
            Relay relay = Relay.to(primary.port());
            open.push(relay);
            relays.put(name, relay);
            PostgresServer standby = server(name);
            standbys.put(name, standby);
            seed(standby);
            standby.start();
            awaitCaughtUp(name, Duration.ofSeconds(60));
            return standby;
        } catch (IOException e) {
            throw new SandboxFailed("could not add " + name, e);
        }
    }

    /** From now on the standby streams from another one, without a slot, and the primary knows it no more. */
    public void cascade(String name, String upstream) {
        PostgresServer standby = standby(name);
        standby.alterSystem("primary_slot_name", "");
        standby.alterSystem("primary_conninfo", link(name, standby(upstream).port()));
        Login there = standby(upstream).superuser();
        Await.until(
                name + " streams from " + upstream,
                Duration.ofSeconds(60),
                () -> there.truth("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')"));
        if (settings.slots()) {
            primary.superuser().execute("SELECT pg_drop_replication_slot('" + slotOf(name) + "')");
        }
    }

    /** Throws the standby's files away and seeds it again, as after a lost slot. */
    public void rebuild(String name) {
        PostgresServer standby = standby(name);
        if (standby.running()) {
            standby.stop();
        }
        seed(standby);
        standby.start();
    }

    /** Bytes of WAL that the primary has written and the standby has not replayed. */
    public long lag(String standby) {
        String replayed = standby(standby).superuser().text("SELECT pg_last_wal_replay_lsn()::text");
        return primary.superuser().number("SELECT pg_current_wal_lsn() - ?::pg_lsn", replayed);
    }

    /** Waits until the standby has replayed all that the primary has written by now. */
    public void awaitCaughtUp(String standby, Duration patience) {
        String target = primary.superuser().text("SELECT pg_current_wal_flush_lsn()::text");
        Login login = standby(standby).superuser();
        Await.until(
                standby + " has replayed " + target,
                patience,
                () -> login.truth("SELECT coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)", target));
    }

    /** Ends every server at once and returns when their files are gone. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            closeQuietly(open.pop());
        }
        directory.toFile().delete();
    }

    private PostgresServer server(String name) throws IOException {
        Path home = Files.createDirectory(directory.resolve(name));
        account.own(home);
        DataDirectory data = new DataDirectory(account, home.resolve("data"));
        Keeper keeper = Keeper.of(
                account,
                home,
                List.of(
                        binaries.directory().resolve("postgres").toString(),
                        "-D",
                        data.path().toString()));
        PostgresServer server = new PostgresServer(name, Ports.free(), password, data, keeper);
        open.push(server::close);
        return server;
    }

    private void createRoles() {
        primary.superuser()
                .in("postgres")
                .execute(
                        "CREATE ROLE " + REPLICATOR + " LOGIN REPLICATION PASSWORD '" + password + "'",
                        "CREATE ROLE " + MIGRATOR + " LOGIN PASSWORD '" + password + "' IN ROLE pg_monitor",
                        "CREATE DATABASE " + DATABASE + " OWNER " + MIGRATOR);
    }

    private void seed(PostgresServer standby) {
        String slot = slotOf(standby.name());
        try (Connection connection = primary.superuser().connect();
                Statement statement = connection.createStatement()) {
            if (settings.slots()) {
                statement.execute(
                        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                                + slot + "'");
                statement.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
            }
            copy(standby, statement);
        } catch (SQLException e) {
            throw new SandboxFailed("could not seed " + standby.name() + ": " + e.getMessage(), e);
        }
        standby.data().configure(configuration(standby));
        standby.data().write(standby.dataDirectory().resolve("standby.signal"), "");
    }

    /** The backup functions got new names, and lost a parameter, in PostgreSQL 15. */
    private void copy(PostgresServer standby, Statement statement) throws SQLException {
        boolean renamed = binaries.major() >= 15;
        statement.execute(
                renamed ? "SELECT pg_backup_start('sandbox', true)" : "SELECT pg_start_backup('sandbox', true, false)");
        standby.data().copyFrom(primary.data());
        try (var label = statement.executeQuery(
                renamed
                        ? "SELECT labelfile FROM pg_backup_stop(false)"
                        : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
            label.next();
            standby.data().write(standby.dataDirectory().resolve("backup_label"), label.getString(1));
        }
    }

    private Map<String, String> configuration(PostgresServer server) {
        Map<String, String> lines = new HashMap<>(Map.ofEntries(
                Map.entry("listen_addresses", Login.HOST),
                Map.entry("unix_socket_directories", ""),
                Map.entry("cluster_name", server.name()),
                Map.entry("port", Integer.toString(server.port())),
                // A killed process loses nothing without fsync, only a machine does.
                Map.entry("fsync", "off"),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("wal_level", "replica"),
                Map.entry("hot_standby", "on"),
                Map.entry("track_commit_timestamp", "on"),
                Map.entry("wal_retrieve_retry_interval", "500ms"),
                Map.entry("log_line_prefix", "%m [%p] %a ")));
        if (!server.name().equals("primary")) {
            lines.put(
                    "primary_conninfo", link(server.name(), relay(server.name()).port()));
            if (settings.slots()) {
                lines.put("primary_slot_name", slotOf(server.name()));
            }
        }
        lines.putAll(settings.configuration());
        return lines;
    }

    private String link(String standby, int port) {
        return "host=%s port=%d user=%s password=%s application_name=%s sslmode=disable"
                .formatted(Login.HOST, port, REPLICATOR, password, standby);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("sandbox: " + e.getMessage());
        }
    }
}
