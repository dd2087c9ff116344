package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A primary, {@code standby-a} and a table of orders, with everything as it should be before a test makes a fault. */
final class PreflightPair implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a plan begins with; a test may say something else. */
    static final String DUMP = "{dump: {directory: %s, tables: [%s]}}";

    final Cluster cluster;
    final Path directory;
    final Wiring wiring;

    private PreflightPair(Cluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
        this.wiring = wiring(Map.of());
    }

    /**
     * Starts both servers.
     *
     * @param directory for what the plans and the backups leave behind
     */
    static PreflightPair start(Path directory) {
        Cluster cluster = Cluster.start(ClusterSettings.withStandbys("standby-a")
                .set("archive_mode", "on")
                .set("archive_command", "true")
                .set("max_prepared_transactions", "5"));
        PreflightPair pair = new PreflightPair(cluster, directory);
        pair.migrator()
                .execute(
                        "CREATE TABLE public.orders (id bigint PRIMARY KEY, amount numeric NOT NULL, total bigint)",
                        "INSERT INTO public.orders SELECT n, n FROM generate_series(1, 5000) AS n",
                        "CREATE TABLE public.other (id bigint PRIMARY KEY)",
                        "ANALYZE public.orders");
        cluster.awaitCaughtUp("standby-a", PATIENCE);
        return pair;
    }

    /** As commands are wired on this machine, with more of an environment. */
    Wiring wiring(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "NIGHTSHIFT_PASSWORD",
                cluster.primary().password(),
                "PATH",
                System.getenv().getOrDefault("PATH", "")));
        if (!cluster.hasTool("pg_dump")) {
            environment.put(
                    "NIGHTSHIFT_PG_BIN",
                    StandInTools.of(directory, cluster.binaries().version()).toString());
        }
        environment.putAll(more);
        return new Wiring(environment);
    }

    /** Waits until the pair has settled, whatever the test before did to it. */
    void healthy() {
        Await.until(
                "the standby streams and replies",
                PATIENCE,
                () -> superuser()
                        .truth(
                                "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL)"));
        Await.until(
                "the archiver has caught up",
                PATIENCE,
                () -> superuser()
                        .truth("SELECT pg_switch_wal() IS NOT NULL AND (SELECT last_failed_time IS NULL"
                                + " OR last_archived_time > last_failed_time FROM pg_stat_archiver)"));
        cluster.awaitCaughtUp("standby-a", PATIENCE);
    }

    /** What did not pass is this and nothing else: each as {@code PF-ROLE fail}. */
    void assertFaults(Plan plan, String... expected) {
        assertThat(faults(look(plan))).containsExactlyInAnyOrder(expected);
    }

    static List<String> faults(PreflightReport report) {
        return report.results().stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .map(result -> result.check().id() + " " + result.outcome().word())
                .toList();
    }

    CheckResult one(String id) {
        return one(plan(), id);
    }

    CheckResult one(Plan plan, String id) {
        return one(look(plan), id);
    }

    static CheckResult one(PreflightReport report, String id) {
        return report.results().stream()
                .filter(result -> result.check().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    PreflightReport look(Plan plan) {
        return wiring.planCheck().look(plan);
    }

    Plan plan(String... more) {
        return read(text(String.join("\n  ", more), "public.orders"));
    }

    String text(String more, String table) {
        return text(migrator().url(), DUMP.formatted(directory, table), table, more);
    }

    static String text(String url, String backup, String table, String more) {
        return """
                nightshift: 1
                name: orders-total
                database: {url: "%s"}
                replicas: {required: [standby-a]}
                backup: %s
                steps:
                  - backfill: {name: fill, table: %s, set: {total: "1"}, where: "total IS NULL"}
                """.formatted(url, backup, table) + (more.isEmpty() ? "" : "  " + more + "\n");
    }

    Plan read(String text) {
        PlanReading reading = PlanReader.read("plan.yaml", text, directory);
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(reading.toString());
    }

    Login migrator() {
        return cluster.primary().migrator();
    }

    Login superuser() {
        return cluster.primary().superuser();
    }

    @Override
    public void close() {
        wiring.close();
        cluster.close();
    }
}
