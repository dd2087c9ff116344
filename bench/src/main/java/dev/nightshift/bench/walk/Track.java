package dev.nightshift.bench.walk;

import dev.nightshift.bench.walk.WalkKind.Batches;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.Row;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** One server on which walk and loop run in turns, each over a fresh table with the same rows. */
record Track(Cluster cluster, WalkOptions options, Path directory) {

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
                  walk: %s
                  batch: {rows: %d, time: 5s}
                  keep-old: %s
            """;

    /** Once a minute it would come in the midst of one or of the other. */
    private static final String NO_AUTOVACUUM = "ALTER TABLE public.orders SET (autovacuum_enabled = false)";

    static final String POSITION = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    /** As Nightshift's own sessions for batches: a batch never reads the whole table. */
    static final List<String> PLANNER = List.of(
            "SET enable_seqscan = off",
            "SET enable_sort = off",
            "SET jit = off",
            "SET max_parallel_workers_per_gather = 0");

    private static final String LAST_RUN = """
            SELECT extract(epoch FROM p.last_at - s.started_at)::float8 AS seconds, p.batches AS batches, p.wal AS wal,
                   coalesce((c.cursor ->> 'stripes')::int, 1) AS stripes
            FROM nightshift.steps s
            JOIN nightshift.progress p ON p.run_id = s.run_id AND p.step = s.ordinal
            JOIN nightshift.claims c ON c.run_id = s.run_id AND c.lane = p.lane
            ORDER BY s.started_at DESC LIMIT 1""";

    /** Rows a second from the start of the step to its last batch, all that the journal writes included. */
    double walk(WalkKind walk) throws IOException, InterruptedException {
        return walk(walk, false).rowsPerSecond();
    }

    /** @param wal of the whole server, in bytes */
    record Measured(double rowsPerSecond, long wal) {}

    Measured walk(WalkKind walk, boolean keepOld) throws IOException, InterruptedException {
        fill();
        Path plan = Files.writeString(
                directory.resolve("plan.yaml"), PLAN.formatted(login().url(), walk.word(), options.batch(), keepOld));
        Path output = directory.resolve("run.out");
        Program program = new Program(Optional.empty(), login().password());
        if (program.start(output, "run", plan.toString()).waitFor() != 0) {
            throw new SandboxFailed("nightshift run failed:\n" + Files.readString(output));
        }
        return new Measured(allDone(lastRun().decimal("seconds")), lastRun().number("wal"));
    }

    /** Of the last walk. */
    Batches batches() {
        Row run = lastRun();
        return new Batches(run.number("batches"), (int) run.number("stripes"));
    }

    /** Rows a second of one connection that sends one statement after the other. */
    double loop(WalkKind walk, Batches batches) throws SQLException {
        return loop(walk, Loop.PLAIN, batches).rowsPerSecond();
    }

    Measured loop(WalkKind walk, Loop form, Batches batches) throws SQLException {
        fill();
        login().execute(Loop.KEPT);
        List<String> loop =
                walk.loop(form, options.rows(), pages(login()), batches).toList();
        try (Connection connection = login().connect("bare loop");
                Statement statement = connection.createStatement()) {
            for (String setting : PLANNER) {
                statement.execute(setting);
            }
            long position = login().number(POSITION);
            long begun = System.nanoTime();
            for (String update : loop) {
                statement.executeUpdate(update);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Measured(allDone(seconds), login().number(POSITION) - position);
        }
    }

    private Row lastRun() {
        return login().rows(LAST_RUN).get(0);
    }

    private void fill() {
        fill(cluster.primary(), new Shop(options.rows(), 0, 0));
    }

    /** A fresh table with the same rows each time. */
    static void fill(PostgresServer primary, Shop shop) {
        primary.execute("DROP TABLE IF EXISTS public.orders, public.events, public.order_lines,"
                + " public.orders_fill_old, public.orders_bare_old");
        shop.createAndCheckpoint(primary);
        primary.execute(NO_AUTOVACUUM);
    }

    static long pages(Login login) {
        return login.number("SELECT pg_relation_size('public.orders') / current_setting('block_size')::bigint");
    }

    private double allDone(double seconds) {
        allDone(login(), options.rows());
        return options.rows() / seconds;
    }

    /** @throws SandboxFailed where a row was done twice or not at all */
    static void allDone(Login login, long rows) {
        long done = login.number("SELECT count(*) FROM public.orders WHERE touched = 1");
        if (done != rows) {
            throw new SandboxFailed("expected every row to be done once, found " + done + " of " + rows);
        }
    }

    private Login login() {
        return cluster.primary().migrator();
    }
}
