package dev.nightshift.bench.footprint;

import dev.nightshift.bench.footprint.Line.Point;
import dev.nightshift.bench.report.Threshold;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The program behind {@code nightshift bench footprint}. */
public final class Footprint {

    public static final String USAGE = """
            Usage: nightshift bench footprint [OPTIONS]
            Measures what Nightshift itself costs: an idle supervisor of one database and of many, short commands, and a
            backfill over tables of several sizes.

              --databases N,N,…   how many one supervisor gets (default: 1,10,100)
              --seconds N         for how long it is watched each time (default: 60)
              --rows N,N,N,…      sizes of the tables, at least three (default: 100000,200000,400000)
              --walk key|heap     of the backfill (default: key)

            Exit codes: 0 every threshold holds, 1 one does not or the measurement failed, 2 the command is not written
            correctly.
            """;

    private static final double MEGABYTE = 1 << 20;
    private static final double[] FAR = {1e6, 1e7, 1e8};

    private final FootprintOptions options;
    private final PrintStream out;
    private final List<Threshold> thresholds = new ArrayList<>();

    private Footprint(FootprintOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Whether every threshold holds. */
    public static boolean run(String... words) throws IOException, InterruptedException {
        return new Footprint(FootprintOptions.parse(words), System.out).measure();
    }

    private boolean measure() throws IOException, InterruptedException {
        ClusterSettings settings = ClusterSettings.primaryOnly().set("max_connections", "1000");
        try (Cluster cluster = Cluster.start(settings)) {
            Path directory = Files.createTempDirectory("nightshift-bench-");
            Growth growth = new Growth(cluster, directory, options.walk());
            rows(growth);
            starts(new Starts(cluster.primary().migrator(), directory), growth.plan());
            idle(new Idle(cluster, directory));
        }
        thresholds.forEach(threshold -> say("%s", threshold.line()));
        return thresholds.stream().allMatch(Threshold::holds);
    }

    private void rows(Growth growth) throws IOException, InterruptedException {
        say("nightshift run, one backfill, walk %s, no standby:", options.walk());
        List<Growth.Seen> seen = new ArrayList<>();
        // The first run makes the journal, and the classes' archive after a build.
        growth.measure(options.rows().get(0));
        for (long rows : options.rows()) {
            Growth.Seen one = growth.measure(rows);
            seen.add(one);
            line("measured", one.rows(), one.seconds(), one.cpu(), one.resident(), one.wal(), one.journal());
        }
        Line seconds = line(seen, Growth.Seen::seconds);
        Line cpu = line(seen, Growth.Seen::cpu);
        Line resident = line(seen, Growth.Seen::resident);
        Line wal = line(seen, Growth.Seen::wal);
        Line journal = line(seen, Growth.Seen::journal);
        say("  extrapolated by a straight line through these %d sizes, not measured:", seen.size());
        for (double far : FAR) {
            line("line", far, seconds.at(far), cpu.at(far), resident.at(far), wal.at(far), journal.at(far));
        }
    }

    private static Line line(List<Growth.Seen> seen, ToDoubleFunction<Growth.Seen> figure) {
        return Line.through(seen.stream()
                .map(one -> new Point(one.rows(), figure.applyAsDouble(one)))
                .toList());
    }

    private void line(String what, double rows, double... figures) {
        say(
                "  %-9s %,12.0f rows: %,9.1f s, %,8.1f s of CPU, %,5.0f MB resident, %,9.0f MB of WAL, %,6.0f kB of journal",
                what, rows, figures[0], figures[1], figures[2] / MEGABYTE, figures[3] / MEGABYTE, figures[4] / 1024);
    }

    private void starts(Starts starts, Path plan) throws IOException, InterruptedException {
        String database = starts.login().url();
        say("short commands, JVM included, median:");
        say("  version %.2f s", starts.seconds("version"));
        say("  check   %.2f s", starts.seconds("check", plan.toString()));
        say("  status  %.2f s", starts.seconds("status", "--database", database));
    }

    private void idle(Idle idle) throws IOException, InterruptedException {
        say("nightshift serve, no run, watched for %d s each:", options.seconds());
        for (int databases : options.databases()) {
            Idle.Seen seen = idle.measure(databases, options.seconds());
            say(
                    "  databases %4d: %.0f MB resident, %.2f %% of a core, %.1f connections a database,"
                            + " looked at every %.2f s (p99 %.2f s, longest %.2f s)",
                    databases,
                    seen.resident() / MEGABYTE,
                    seen.cpu() * 100,
                    seen.connections(),
                    seen.looks().p50(),
                    seen.looks().p99(),
                    seen.looks().max());
            judge(seen);
        }
    }

    private void judge(Idle.Seen seen) {
        String name = "idle supervisor of " + seen.databases() + ": ";
        thresholds.add(Threshold.atMost(name + "connections a database", 3, seen.connections(), ""));
        thresholds.add(Threshold.atMost(
                name + "longest time between looks", 1.5, seen.looks().max(), " s"));
        if (seen.databases() == 1) {
            thresholds.add(Threshold.atMost(name + "resident", 150, seen.resident() / MEGABYTE, " MB"));
            thresholds.add(Threshold.atMost(name + "of a core", 1, seen.cpu() * 100, " %"));
        }
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
