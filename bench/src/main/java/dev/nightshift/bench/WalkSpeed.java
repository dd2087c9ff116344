package dev.nightshift.bench;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Rows per second of Nightshift's key walk beside a bare psql loop: the same rows, indexes, batch size and server; who
 * goes first changes with each round. The walk is timed from the start of its step to its last batch, journal included.
 */
final class WalkSpeed {

    private static final double SLOWEST = 0.9;

    static final String USAGE = """
            Usage: nightshift bench walk [--rows N] [--batch N] [--rounds N]
            Measures the key walk beside a bare psql loop on this machine, in turns (default: 1000000 rows,
            batches of 5000, 4 rounds), without a standby, so that no guard is near its limit, and without autovacuum
            and checkpoints, which would come in the midst of one or of the other.
            Exit codes: 0 the median of the rounds is at least 0.9 of psql's rows per second, 1 it is less or the
            measurement failed, 2 the command is not written correctly.
            """;

    private static final String ASSIGNMENTS = "total_cents = (amount * 100)::bigint, touched = touched + 1";

    private static final String PLAN = """
            nightshift: 1
            name: walk-speed
            database: {url: "%s"}
            replicas: none
            backup: none
            steps:
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}
                  where: "total_cents IS NULL"
                  batch: {rows: %d, time: 5s}
            """;

    /** Flushes as servers do; no checkpoint in the midst of one or of the other. */
    private static final ClusterSettings QUIET = ClusterSettings.primaryOnly()
            .set("fsync", "on")
            .set("max_wal_size", "16GB")
            .set("checkpoint_timeout", "1h");

    /** Once a minute it would come in the midst of one or of the other. */
    private static final String NO_AUTOVACUUM = "ALTER TABLE public.orders SET (autovacuum_enabled = false)";

    private static final String WALK_SECONDS = """
            SELECT extract(epoch FROM p.last_at - s.started_at)::float8
            FROM nightshift.steps s JOIN nightshift.progress p ON p.run_id = s.run_id AND p.step = s.ordinal
            ORDER BY s.started_at DESC LIMIT 1""";

    private final Cluster cluster;
    private final Options options;
    private final Path directory;

    private WalkSpeed(Cluster cluster, Options options, Path directory) {
        this.cluster = cluster;
        this.options = options;
        this.directory = directory;
    }

    private record Options(long rows, long batch, int rounds) {

        static Options parse(String... words) {
            Options options = new Options(1_000_000, 5_000, 4);
            for (int i = 0; i < words.length; i += 2) {
                long value = number(words[i], i + 1 < words.length ? words[i + 1] : "");
                options = switch (words[i]) {
                    case "--rows" -> new Options(value, options.batch, options.rounds);
                    case "--batch" -> new Options(options.rows, value, options.rounds);
                    case "--rounds" -> new Options(options.rows, options.batch, (int) value);
                    default ->
                        throw new IllegalArgumentException(
                                "expected --rows, --batch or --rounds, found '" + words[i] + "'");
                };
            }
            return options;
        }

        private static long number(String option, String word) {
            if (!word.matches("[1-9][0-9]{0,8}")) {
                throw new IllegalArgumentException(option + ": expected a whole number from 1, found '" + word + "'");
            }
            return Long.parseLong(word);
        }
    }

    static boolean run(String... words) throws IOException, InterruptedException {
        return measure(Options.parse(words)) >= SLOWEST;
    }

    private static double measure(Options options) throws IOException, InterruptedException {
        try (Cluster cluster = Cluster.start(QUIET)) {
            WalkSpeed bench = new WalkSpeed(cluster, options, Files.createTempDirectory("nightshift-bench-"));
            say(
                    "PostgreSQL %s, %,d orders, batches of %,d rows",
                    cluster.binaries().version(), options.rows, options.batch);
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= options.rounds; round++) {
                boolean walkFirst = round % 2 == 0;
                double before = walkFirst ? bench.walk() : 0;
                double psql = bench.psql();
                double walk = walkFirst ? before : bench.walk();
                ratios.add(walk / psql);
                say("round %d: psql loop %,.0f rows/s, walk %,.0f rows/s, ratio %.2f", round, psql, walk, walk / psql);
            }
            double median = ratios.stream()
                    .sorted()
                    .skip((ratios.size() - 1) / 2)
                    .findFirst()
                    .orElseThrow();
            say("median ratio %.2f, at least %.2f is asked for", median, SLOWEST);
            return median;
        }
    }

    /** Rows per second of psql with one UPDATE a batch, by ranges of the key. */
    private double psql() throws IOException, InterruptedException {
        Path psql = cluster.tool("psql")
                .orElseThrow(() -> new SandboxFailed("there is no psql (Debian: apt install postgresql-client)"));
        fill();
        String loop = LongStream.iterate(0, from -> from < options.rows, from -> from + options.batch)
                .mapToObj(from -> "UPDATE public.orders SET " + ASSIGNMENTS + " WHERE id > " + from + " AND id <= "
                        + (from + options.batch) + " AND total_cents IS NULL;\n")
                .collect(Collectors.joining());
        Path script = Files.writeString(directory.resolve("loop.sql"), loop);
        ProcessBuilder builder = new ProcessBuilder(
                psql.toString(), "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString(), login().url());
        builder.environment().put("PGPASSWORD", login().password());
        long begun = System.nanoTime();
        if (builder.inheritIO().start().waitFor() != 0) {
            throw new SandboxFailed("psql did not carry out its loop");
        }
        return allDone((System.nanoTime() - begun) / 1e9);
    }

    private double walk() throws IOException, InterruptedException {
        fill();
        Path plan = Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(login().url(), options.batch));
        Program program = new Program(Optional.empty(), login().password());
        if (!program.print(directory.resolve("run.out"), "run", plan.toString())) {
            throw new SandboxFailed("nightshift run failed, see " + directory.resolve("run.out"));
        }
        return allDone(login().one(Double.class, WALK_SECONDS));
    }

    private void fill() {
        PostgresServer primary = cluster.primary();
        primary.execute("DROP TABLE IF EXISTS public.orders, public.events, public.order_lines");
        new Shop(options.rows, 0, 0).createAndCheckpoint(primary);
        primary.execute(NO_AUTOVACUUM);
    }

    private double allDone(double seconds) {
        long done = login().number("SELECT count(*) FROM public.orders WHERE touched = 1");
        if (done != options.rows) {
            throw new SandboxFailed("expected every row to be done once, found " + done + " of " + options.rows);
        }
        return options.rows / seconds;
    }

    private Login login() {
        return cluster.primary().migrator();
    }

    private static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }
}
