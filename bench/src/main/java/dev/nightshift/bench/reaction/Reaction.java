package dev.nightshift.bench.reaction;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;

/** The program behind {@code nightshift bench reaction}. */
public final class Reaction {

    public static final String USAGE = """
            Usage: nightshift bench reaction [--faults vanish,stall,abort] [--rounds N] [--rows N] [--walk key|heap]
            Strikes a run in its midst and measures the time to its last commit, as the server keeps it with the rows.

              vanish   the link of a required replica is cut: at most 2 s
              stall    the link stands still; from the moment the lag breaks its budget of 5 s: at most 2 s
              abort    nightshift abort --immediate, from the start of that command: at most 1 s

            Default: all three, 3 rounds each, 600000 rows, walk key.
            Exit codes: 0 the worst of each was soon enough, 1 one was not or the measurement failed, 2 the command is not
            written correctly.
            """;

    private final ReactionOptions options;
    private final PrintStream out;

    private Reaction(ReactionOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Whether the worst of each fault was soon enough. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        return new Reaction(ReactionOptions.parse(words), System.out).measure();
    }

    private boolean measure() throws IOException, InterruptedException {
        ClusterSettings settings = ClusterSettings.withStandbys(Strike.STANDBY).set("max_wal_size", "64GB");
        boolean held = true;
        try (Cluster cluster = Cluster.start(settings)) {
            Strike strike = new Strike(cluster, options, Files.createTempDirectory("nightshift-bench-"));
            for (Fault fault : options.faults()) {
                held &= measure(strike, fault);
            }
        } catch (SQLException e) {
            throw new SandboxFailed("the measurement failed: " + e.getMessage(), e);
        }
        return held;
    }

    private boolean measure(Strike strike, Fault fault) throws IOException, InterruptedException, SQLException {
        say("%s: %s", fault.word(), fault.meaning());
        double worst = Double.NEGATIVE_INFINITY;
        for (int round = 1; round <= options.rounds(); round++) {
            Strike.Seen seen = strike.measure(fault);
            worst = Math.max(worst, seen.seconds());
            String written = seen.written().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            "; the command was written after %.2f s",
                            seen.written().getAsDouble())
                    : "";
            say("  round %d: last commit after %.2f s%s", round, seen.seconds(), written);
        }
        boolean holds = worst <= fault.seconds();
        say("  %s worst %.2f s, asked <= %.0f s", holds ? "holds" : "FAILS", worst, fault.seconds());
        return holds;
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
