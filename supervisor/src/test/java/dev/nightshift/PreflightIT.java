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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A healthy pair passes everything; each fault, made for real, makes exactly its own check answer with its remedy. */
class PreflightIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static Cluster cluster;
    private static Wiring wiring;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys("standby-a")
                .set("archive_mode", "on")
                .set("archive_command", "true"));
        migrator()
                .execute(
                        "CREATE TABLE public.orders (id bigint PRIMARY KEY, amount numeric NOT NULL, total bigint)",
                        "INSERT INTO public.orders SELECT n, n FROM generate_series(1, 5000) AS n",
                        "CREATE TABLE public.other (id bigint PRIMARY KEY)",
                        "ANALYZE public.orders");
        cluster.awaitCaughtUp("standby-a", PATIENCE);
        wiring = new Wiring(Map.of(
                "NIGHTSHIFT_PASSWORD",
                cluster.primary().password(),
                "PATH",
                System.getenv().getOrDefault("PATH", "")));
    }

    @AfterAll
    static void stop() {
        wiring.close();
        cluster.close();
    }

    @Test
    void a_healthy_pair_passes_every_check_within_seconds_and_stays_as_it_was() {
        healthy();
        long begin = System.nanoTime();
        PreflightReport report = look(plan());
        System.out.println("a preflight took " + (System.nanoTime() - begin) / 1_000_000 + " ms");

        assertThat(report.results()).allMatch(result -> result.outcome() == Outcome.PASS);
        assertThat(report.forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.rows()).isEqualTo(5000);
            assertThat(forecast.walBytes()).isBetween(300e3, 10e6);
        });
        assertThat(superuser().truth("SELECT to_regnamespace('nightshift') IS NULL"))
                .isTrue();
    }

    @Test
    void a_stopped_standby_is_named_with_its_slot() {
        healthy();
        cluster.standby("standby-a").stop();
        try {
            Await.until(
                    "its row has gone",
                    PATIENCE,
                    () -> superuser().truth("SELECT NOT EXISTS (SELECT FROM pg_stat_replication)"));
            assertFaults(plan(), "PF-STANDBY-PRESENT fail", "PF-SLOT-INACTIVE warn");
            assertThat(one("PF-STANDBY-PRESENT").seen()).contains("standby-a is declared required and not connected");
        } finally {
            cluster.standby("standby-a").start();
        }
        healthy();
    }

    @Test
    void an_inactive_slot_is_named() {
        healthy();
        superuser().execute("SELECT pg_create_physical_replication_slot('left_behind', true)");
        try {
            assertFaults(plan(), "PF-SLOT-INACTIVE warn");
            assertThat(one("PF-SLOT-INACTIVE").remedy()).contains("pg_drop_replication_slot('left_behind')");
        } finally {
            superuser().execute("SELECT pg_drop_replication_slot('left_behind')");
        }
    }

    @Test
    void a_role_that_may_not_look_fails_once_and_what_it_cannot_see_is_not_known() {
        healthy();
        superuser().execute("REVOKE pg_monitor FROM migrator");
        try {
            PreflightReport report = look(plan());
            assertThat(report.results())
                    .filteredOn(result -> result.outcome() == Outcome.FAIL)
                    .extracting(result -> result.check().id(), CheckResult::remedy)
                    .containsExactly(org.assertj.core.api.Assertions.tuple("PF-ROLE", "GRANT pg_monitor TO migrator"));
            assertThat(report.results())
                    .filteredOn(result -> result.outcome() == Outcome.UNKNOWN)
                    .isNotEmpty()
                    .allMatch(result -> result.remedy().equals("see PF-ROLE"));
        } finally {
            superuser().execute("GRANT pg_monitor TO migrator");
        }
    }

    @Test
    void a_role_that_is_no_owner_may_not_run_a_plan_that_redefines() {
        healthy();
        superuser().execute("ALTER TABLE public.orders OWNER TO postgres", "GRANT ALL ON public.orders TO migrator");
        try {
            assertFaults(plan());
            assertFaults(
                    plan("- statement: {name: add, sql: \"ALTER TABLE public.orders ADD COLUMN b int\"}"),
                    "PF-ROLE fail");
        } finally {
            superuser().execute("ALTER TABLE public.orders OWNER TO migrator");
        }
    }

    @Test
    void a_waiter_for_a_touched_table_and_a_dump_of_it_are_named() throws SQLException {
        healthy();
        try (Connection dump = migrator().connect("pg_dump");
                Connection ddl = migrator().connect("psql")) {
            dump.setAutoCommit(false);
            dump.createStatement().execute("LOCK TABLE public.orders IN ACCESS SHARE MODE");
            assertFaults(plan(), "PF-FOREIGN-DUMP fail");
            assertThat(one("PF-FOREIGN-DUMP").seen()).contains("pg_dump", "dumps public.orders");

            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try {
                    ddl.setAutoCommit(false);
                    ddl.createStatement().execute("LOCK TABLE public.orders");
                    ddl.rollback();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(
                    "it waits",
                    PATIENCE,
                    () -> superuser().truth("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"));
            assertFaults(plan(), "PF-LOCK-QUEUE fail", "PF-FOREIGN-DUMP fail", "PF-STEP fail");
            dump.rollback();
            waiting.join();
        }
        assertFaults(plan());
    }

    @Test
    void an_invalid_index_fails_unless_the_plan_builds_it() {
        healthy();
        migrator().execute("INSERT INTO public.other VALUES (1)", "CREATE INDEX broken ON public.orders (amount)");
        superuser().execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.broken'::regclass");
        try {
            assertFaults(plan(), "PF-INVALID-INDEX fail");
            assertThat(one("PF-INVALID-INDEX").remedy()).contains("DROP INDEX CONCURRENTLY public.broken");
            assertFaults(plan(
                    "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY broken ON public.orders (amount)\"}"));
        } finally {
            migrator().execute("DROP INDEX public.broken");
        }
    }

    @Test
    void a_constraint_that_was_never_proved_fails_where_a_step_relies_on_it() {
        healthy();
        migrator().execute("ALTER TABLE public.orders ADD CONSTRAINT filled CHECK (total IS NOT NULL) NOT VALID");
        try {
            assertFaults(plan(), "PF-UNVALIDATED warn");
            assertFaults(
                    plan(
                            "- statement: {name: need, sql: \"ALTER TABLE public.orders ALTER COLUMN total SET NOT NULL\"}"),
                    "PF-UNVALIDATED fail");
            assertFaults(
                    plan("- statement: {name: prove, sql: \"ALTER TABLE public.orders VALIDATE CONSTRAINT filled\"}"));
        } finally {
            migrator().execute("ALTER TABLE public.orders DROP CONSTRAINT filled");
        }
    }

    @Test
    void another_tool_that_migrates_now_is_named() throws SQLException {
        healthy();
        try (Connection flyway = migrator().connect("flyway")) {
            flyway.createStatement().execute("SELECT pg_advisory_lock(77431708279161 + 1234567)");
            assertFaults(plan(), "PF-SINGLETON fail");
            assertThat(one("PF-SINGLETON").seen()).contains("advisory lock of Flyway");
        }
        migrator()
                .execute(
                        "CREATE TABLE public.databasechangeloglock (id int, locked boolean, lockgranted timestamp, lockedby text)",
                        "INSERT INTO public.databasechangeloglock VALUES (1, true, now(), 'build-7')");
        try {
            assertFaults(plan(), "PF-SINGLETON fail");
            assertThat(one("PF-SINGLETON").seen()).contains("Liquibase: build-7");
        } finally {
            migrator().execute("DROP TABLE public.databasechangeloglock");
        }
    }

    @Test
    void an_archiver_that_fails_is_told_with_the_segment() {
        healthy();
        superuser().execute("ALTER SYSTEM SET archive_command = 'false'", "SELECT pg_reload_conf()");
        try {
            superuser().execute("CREATE TABLE public.filler ()", "DROP TABLE public.filler", "SELECT pg_switch_wal()");
            Await.until(
                    "it fails",
                    PATIENCE,
                    () -> superuser()
                            .truth(
                                    "SELECT coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)"
                                            + " FROM pg_stat_archiver"));
            assertFaults(plan(), "PF-ARCHIVER fail");
        } finally {
            superuser().execute("ALTER SYSTEM RESET archive_command", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void a_table_that_is_missing_stops_and_a_waiver_does_not_help() {
        healthy();
        Plan plan = read(text("", "public.ordres") + "waive: [{id: PF-STEP, reason: no, until: 2999-01-01}]\n");
        assertFaults(plan, "PF-STEP fail");
        assertThat(look(plan).refused()).isTrue();
    }

    /** Each test begins with a pair that has settled, whatever the one before did to it. */
    private static void healthy() {
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

    private static void assertFaults(Plan plan, String... expected) {
        List<String> faults = look(plan).results().stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .map(result -> result.check().id() + " " + result.outcome().word())
                .toList();
        assertThat(faults).containsExactlyInAnyOrder(expected);
    }

    private static CheckResult one(String id) {
        return look(plan()).results().stream()
                .filter(result -> result.check().id().equals(id) && result.outcome() != Outcome.PASS)
                .findFirst()
                .orElseThrow();
    }

    private static PreflightReport look(Plan plan) {
        return wiring.planCheck().look(plan);
    }

    private static Plan plan(String... more) {
        return read(text(String.join("\n  ", more), "public.orders"));
    }

    private static String text(String more, String table) {
        return """
                nightshift: 1
                name: orders-total
                database: {url: "%s"}
                replicas: {required: [standby-a]}
                backup: {dump: {directory: %s, tables: [%s]}}
                steps:
                  - backfill: {name: fill, table: %s, set: {total: "1"}, where: "total IS NULL"}
                """.formatted(migrator().url(), directory, table, table) + (more.isEmpty() ? "" : "  " + more + "\n");
    }

    private static Plan read(String text) {
        PlanReading reading = PlanReader.read("plan.yaml", text, directory);
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(reading.toString());
    }

    private static Login migrator() {
        return cluster.primary().migrator();
    }

    private static Login superuser() {
        return cluster.primary().superuser();
    }
}
