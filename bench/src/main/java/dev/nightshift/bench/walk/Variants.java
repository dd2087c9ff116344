package dev.nightshift.bench.walk;

import dev.nightshift.bench.measure.TableFacts;
import dev.nightshift.bench.options.Options;
import dev.nightshift.bench.walk.WalkKind.Batches;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The program behind {@code nightshift bench variants}: bare loops that do something else besides. */
public final class Variants {

    public static final String USAGE = """
            Usage: nightshift bench variants [--walk key,heap] [--rows N] [--rounds N]
            Changes every row of a table by bare loops of UPDATE statements in the order of each walk, as they are and with what
            could be done besides: commits that wait for the disk, a second connection, wal_compression, VACUUM in between. With
            a checkpoint after each tenth, without a standby and autovacuum (default: both walks, 1000000 rows, 2 rounds of which
            the one that wrote more WAL counts). A setting that this server does not know is left out, and that is said.
            Exit codes: 0 it was measured, 1 the measurement failed, 2 the command is not written correctly.
            """;

    private static final int TENTHS = 10;
    private static final int ROWS_A_BATCH = 5_000;
    private static final int STRIPES = 16;

    private final List<WalkKind> walks;
    private final long rows;
    private final long rounds;
    private final PrintStream out;

    Variants(Options options, PrintStream out) {
        this.walks = options.choices("--walk", WalkKind.values(), WalkKind::word);
        this.rows = options.number("--rows", 1_000_000, 10_000, 100_000_000);
        this.rounds = options.number("--rounds", 2, 1, 100);
        this.out = out;
    }

    /** Nothing is asked of it. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        new Variants(Options.parse(List.of("--walk", "--rows", "--rounds"), words), System.out).measure();
        return true;
    }

    /** @param grown size of the table as a multiple of what it was */
    record Measured(double seconds, long wal, double grown) {}

    private void measure() throws InterruptedException {
        try (Cluster cluster = Cluster.start(WalkSpeed.QUIET)) {
            say("PostgreSQL %s, %,d orders, %d checkpoints", cluster.binaries().version(), rows, TENTHS);
            for (WalkKind walk : walks) {
                say("%s walk", walk.word());
                Measured plain = measure(cluster, walk, Variant.PLAIN);
                tell(Variant.PLAIN, plain, plain);
                for (Variant variant : Variant.values()) {
                    if (variant != Variant.PLAIN) {
                        tellOrSayWhyNot(cluster, walk, variant, plain);
                    }
                }
            }
        } catch (SQLException e) {
            throw new SandboxFailed("a bare loop failed: " + e.getMessage(), e);
        }
    }

    private void tellOrSayWhyNot(Cluster cluster, WalkKind walk, Variant variant, Measured plain)
            throws InterruptedException, SQLException {
        try (Connection connection = cluster.primary().superuser().connect("settings")) {
            set(connection, variant.settings());
        } catch (SQLException e) {
            say("  %-36s left out: %s", variant.words(), String.valueOf(e.getMessage()));
            return;
        }
        tell(variant, measure(cluster, walk, variant), plain);
    }

    private Measured measure(Cluster cluster, WalkKind walk, Variant variant)
            throws InterruptedException, SQLException {
        Measured most = once(cluster, walk, variant);
        for (long round = 1; round < rounds; round++) {
            Measured next = once(cluster, walk, variant);
            most = next.wal() > most.wal() ? next : most;
        }
        return most;
    }

    /** On a fresh table with the same rows. */
    Measured once(Cluster cluster, WalkKind walk, Variant variant) throws InterruptedException, SQLException {
        Track.fill(cluster.primary(), new Shop(rows, 0, 0));
        Login login = cluster.primary().superuser();
        TableFacts before = TableFacts.read(login);
        long position = login.number(Track.POSITION);
        List<String> statements = statements(walk, login);
        long begun = System.nanoTime();
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            carryOut(login, variant, part(statements, tenth, TENTHS));
            if (variant.vacuums()) {
                login.execute("VACUUM public.orders");
            }
            login.execute("CHECKPOINT");
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Track.allDone(login, rows);
        return new Measured(
                seconds,
                login.number(Track.POSITION) - position,
                TableFacts.read(login).growthSince(before));
    }

    private List<String> statements(WalkKind walk, Login login) {
        long batches = Math.max(TENTHS, rows / ROWS_A_BATCH);
        int stripes = walk == WalkKind.HEAP ? STRIPES : 1;
        return walk.loop(rows, Track.pages(login), new Batches(batches, stripes))
                .toList();
    }

    private static void carryOut(Login login, Variant variant, List<String> statements)
            throws InterruptedException, SQLException {
        ExecutorService lanes = Executors.newFixedThreadPool(variant.lanes());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < variant.lanes(); lane++) {
                List<String> own = part(statements, lane, variant.lanes());
                all.add(lanes.submit(() -> {
                    carryOut(login, variant.settings(), own);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new SandboxFailed("a bare loop failed: " + e.getCause(), e);
        } finally {
            lanes.shutdown();
        }
    }

    private static void carryOut(Login login, List<String> settings, List<String> statements) throws SQLException {
        try (Connection connection = login.connect("bare loop");
                Statement statement = connection.createStatement()) {
            set(connection, List.of("SET synchronous_commit = off"));
            set(connection, Track.PLANNER);
            set(connection, settings);
            for (String update : statements) {
                statement.executeUpdate(update);
            }
        }
    }

    private static void set(Connection connection, List<String> settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
        }
    }

    /** The k-th of n parts of about equal size. */
    static <T> List<T> part(List<T> all, int k, int n) {
        return all.subList((int) ((long) all.size() * k / n), (int) ((long) all.size() * (k + 1) / n));
    }

    private void tell(Variant variant, Measured measured, Measured plain) {
        say(
                "  %-36s %6.1f s (%.2f)  %,6.0f MB of WAL (%.2f)  grew to %.2f",
                variant.words(),
                measured.seconds(),
                measured.seconds() / plain.seconds(),
                measured.wal() / 1e6,
                (double) measured.wal() / plain.wal(),
                measured.grown());
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
