package dev.nightshift.bench.footprint;

import dev.nightshift.bench.measure.Commits;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A backfill without a standby over tables of several sizes, and what it cost each time. */
record Growth(Cluster cluster, Path directory, String walk) {

    private static final String PLAN = """
            nightshift: 1
            name: footprint
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
            """;

    private static final String JOURNAL = "SELECT coalesce(sum(pg_table_size(c.oid)), 0)::bigint FROM pg_class c"
            + " WHERE c.relnamespace = to_regnamespace('nightshift') AND c.relkind = 'r'";
    private static final String WRITTEN = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint";
    private static final long LOOK_MILLIS = 100;

    /**
     * What one size cost.
     *
     * @param seconds from the first commit to the last
     * @param cpu of supervisor and worker from their start to their end
     * @param resident the most that supervisor and worker had together
     * @param journal bytes by which the journal grew
     */
    record Seen(double rows, double seconds, double cpu, double resident, double wal, double journal) {}

    Seen measure(long rows) throws IOException, InterruptedException {
        PostgresServer primary = cluster.primary();
        primary.execute("DROP TABLE IF EXISTS public.orders, public.events, public.order_lines");
        new Shop(rows, 0, 0).createAndCheckpoint(primary);
        long journal = login().number(JOURNAL);
        long wal = login().number(WRITTEN);
        Path output = directory.resolve("run.out");
        Process run = new Program(Optional.empty(), login().password()).start(output, "run", plan().toString());
        Peak peak = new Peak(0, 0);
        while (!run.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = peak.with(run.toHandle());
        }
        if (run.exitValue() != 0) {
            throw new SandboxFailed("nightshift run failed: " + Files.readString(output));
        }
        return new Seen(
                (double) rows,
                walked(Commits.read(login())),
                peak.cpu,
                (double) peak.resident,
                (double) (login().number(WRITTEN) - wal),
                (double) (login().number(JOURNAL) - journal));
    }

    private static double walked(Commits commits) {
        return Duration.between(commits.first().orElseThrow(), commits.last().orElseThrow())
                        .toNanos()
                / 1e9;
    }

    Path plan() throws IOException {
        return Files.writeString(directory.resolve("plan.yaml"), PLAN.formatted(login().url(), walk));
    }

    /** @param cpu seconds of both processes, while both were there to be asked */
    private record Peak(long resident, double cpu) {

        Peak with(ProcessHandle supervisor) {
            long bytes = Proc.resident(supervisor)
                    + supervisor.descendants().mapToLong(Proc::resident).sum();
            double used = Proc.cpu(supervisor).toNanos() / 1e9
                    + supervisor
                            .descendants()
                            .mapToDouble(child -> Proc.cpu(child).toNanos() / 1e9)
                            .sum();
            return new Peak(Math.max(resident, bytes), Math.max(cpu, used));
        }
    }

    private Login login() {
        return cluster.primary().migrator();
    }
}
