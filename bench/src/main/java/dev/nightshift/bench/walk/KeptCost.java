package dev.nightshift.bench.walk;

import dev.nightshift.bench.walk.Track.Measured;
import dev.nightshift.bench.walk.WalkKind.Batches;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The program behind {@code nightshift bench keep-old}: what it costs to keep what a backfill overwrites. */
public final class KeptCost {

    public static final String USAGE = """
            Usage: nightshift bench keep-old [--walk key,heap] [--rows N] [--batch N] [--rounds N]
            Measures a backfill with and without `keep-old: true`, and bare loops with as many batches that keep old values in two
            ways, one after the other on this machine (default: both walks, 1000000 rows, batches of at most 5000, 4 rounds of
            which the one with the median WAL counts), without a standby, autovacuum and checkpoints.
            Exit codes: 0 it was measured, 1 the measurement failed, 2 the command is not written correctly.
            """;

    private final WalkOptions options;
    private final PrintStream out;

    private KeptCost(WalkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Nothing is asked of it. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        return run(System.out, words);
    }

    static boolean run(PrintStream out, String... words) throws IOException, InterruptedException {
        new KeptCost(WalkOptions.parse(words), out).measure();
        return true;
    }

    private interface Way {
        Measured measure() throws IOException, InterruptedException, SQLException;
    }

    private void measure() throws IOException, InterruptedException {
        try (Cluster cluster = Cluster.start(WalkSpeed.QUIET)) {
            say("PostgreSQL %s, %,d orders", cluster.binaries().version(), options.rows());
            Track track = new Track(cluster, options, Files.createTempDirectory("nightshift-bench-"));
            for (WalkKind walk : options.walks()) {
                measure(track, walk);
            }
        } catch (SQLException e) {
            throw new SandboxFailed("a bare loop failed: " + e.getMessage(), e);
        }
    }

    private void measure(Track track, WalkKind walk) throws IOException, InterruptedException, SQLException {
        Measured plain = median(() -> track.walk(walk, false));
        Batches batches = track.batches();
        say("%s walk, %,d batches", walk.word(), batches.count());
        tell("nightshift", plain, plain);
        tell("nightshift, keep-old", median(() -> track.walk(walk, true)), plain);
        Measured bare = median(() -> track.loop(walk, Loop.PLAIN, batches));
        for (Loop form : Loop.values()) {
            Measured loop = form == Loop.PLAIN ? bare : median(() -> track.loop(walk, form, batches));
            tell("bare loop" + form.words(), loop, bare);
        }
    }

    private Measured median(Way way) throws IOException, InterruptedException, SQLException {
        List<Measured> rounds = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            rounds.add(way.measure());
        }
        rounds.sort(Comparator.comparingLong(Measured::wal));
        return rounds.get(rounds.size() / 2);
    }

    private void tell(String name, Measured way, Measured without) {
        say(
                "  %-40s %,9.0f rows/s (%.2f)  %,6.0f MB of WAL (%.2f, %+,5.0f bytes a row)",
                name,
                way.rowsPerSecond(),
                way.rowsPerSecond() / without.rowsPerSecond(),
                way.wal() / 1e6,
                (double) way.wal() / without.wal(),
                (double) (way.wal() - without.wal()) / options.rows());
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
