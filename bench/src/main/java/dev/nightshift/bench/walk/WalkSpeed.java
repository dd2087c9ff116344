package dev.nightshift.bench.walk;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.walk.WalkKind.Batches;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;

/** The program behind {@code nightshift bench walk}: who goes first changes with each round. */
public final class WalkSpeed {

    private static final double SLOWEST = 0.95;

    public static final String USAGE = """
            Usage: nightshift bench walk [--walk key,heap] [--rows N] [--batch N] [--rounds N]
            Measures Nightshift's walks beside a bare loop of UPDATE statements with as many batches, in turns, on this machine
            (default: both walks, 3000000 rows, batches of at most 50000, 5 rounds), without a standby, so that no guard is
            near its limit, and without autovacuum and checkpoints, which would come in the midst of one or of the other.
            Exit codes: 0 the median of the rounds is at least 0.95 of the loop's rows per second, 1 it is less or the
            measurement failed, 2 the command is not written correctly.
            """;

    /** Flushes as servers do; no checkpoint in the midst of one or of the other. */
    static final ClusterSettings QUIET = ClusterSettings.primaryOnly()
            .set("fsync", "on")
            .set("max_wal_size", "64GB")
            .set("checkpoint_timeout", "1h");

    private final WalkOptions options;
    private final PrintStream out;

    private WalkSpeed(WalkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Whether every walk was fast enough. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        return run(System.out, words);
    }

    static boolean run(PrintStream out, String... words) throws IOException, InterruptedException {
        return new WalkSpeed(WalkOptions.parse(words), out).measure();
    }

    private boolean measure() throws IOException, InterruptedException {
        boolean held = true;
        try (Cluster cluster = Cluster.start(QUIET)) {
            say(
                    "PostgreSQL %s, %,d orders, batches of at most %,d rows",
                    cluster.binaries().version(), options.rows(), options.batch());
            Track track = new Track(cluster, options, Files.createTempDirectory("nightshift-bench-"));
            for (WalkKind walk : options.walks()) {
                held &= measure(track, walk);
            }
        } catch (SQLException e) {
            throw new SandboxFailed("the bare loop failed: " + e.getMessage(), e);
        }
        return held;
    }

    private boolean measure(Track track, WalkKind walk) throws IOException, InterruptedException, SQLException {
        track.walk(walk);
        Batches batches = track.batches();
        say(
                "%s walk: %d batches of %,d rows on the average%s",
                walk.word(),
                batches.count(),
                options.rows() / Math.max(1, batches.count()),
                batches.stripes() > 1 ? ", pages in " + batches.stripes() + " stripes" : "");
        double[] ratios = new double[options.rounds()];
        for (int round = 0; round < ratios.length; round++) {
            boolean walkFirst = round % 2 == 1;
            double before = walkFirst ? track.walk(walk) : 0;
            double bare = track.loop(walk, batches);
            double walked = walkFirst ? before : track.walk(walk);
            ratios[round] = walked / bare;
            say(
                    "  round %d: bare loop %,.0f rows/s, nightshift %,.0f rows/s, ratio %.2f",
                    round + 1, bare, walked, ratios[round]);
        }
        double median = Spread.median(ratios);
        say("  %s median ratio %.3f, asked >= %.2f", median >= SLOWEST ? "holds" : "FAILS", median, SLOWEST);
        return median >= SLOWEST;
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
