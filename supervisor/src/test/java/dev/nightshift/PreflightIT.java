package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A healthy pair passes everything; each fault, made for real, makes exactly its own check answer with its remedy. */
class PreflightIT {

    private static final Duration PATIENCE = PreflightPair.PATIENCE;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PreflightPair pair;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        pair = PreflightPair.start(directory);
        cluster = pair.cluster;
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void a_healthy_pair_passes_every_check_within_seconds_and_stays_as_it_was() {
        pair.healthy();
        long begin = System.nanoTime();
        PreflightReport report = pair.look(pair.plan());
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
        pair.healthy();
        cluster.standby("standby-a").stop();
        try {
            Await.until(
                    "its row has gone",
                    PATIENCE,
                    () -> superuser().truth("SELECT NOT EXISTS (SELECT FROM pg_stat_replication)"));
            pair.assertFaults(pair.plan(), "PF-STANDBY-PRESENT fail", "PF-SLOT-INACTIVE warn");
            assertThat(pair.one("PF-STANDBY-PRESENT").seen())
                    .contains("standby-a is declared required and not connected");
        } finally {
            cluster.standby("standby-a").start();
        }
        pair.healthy();
    }

    @Test
    void an_inactive_slot_is_named() {
        pair.healthy();
        superuser().execute("SELECT pg_create_physical_replication_slot('left_behind', true)");
        try {
            pair.assertFaults(pair.plan(), "PF-SLOT-INACTIVE warn");
            assertThat(pair.one("PF-SLOT-INACTIVE").remedy()).contains("pg_drop_replication_slot('left_behind')");
        } finally {
            superuser().execute("SELECT pg_drop_replication_slot('left_behind')");
        }
    }

    @Test
    void a_role_that_may_not_look_fails_once_and_what_it_cannot_see_is_not_known() {
        pair.healthy();
        superuser().execute("REVOKE pg_monitor FROM migrator");
        try {
            PreflightReport report = pair.look(pair.plan());
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
    void a_worker_of_a_superuser_under_a_plain_supervisor_is_refused() throws SQLException {
        pair.healthy();
        try (Connection worker = superuser().connect("nightshift/7f3kmq/1/batch")) {
            assertThat(worker.isValid(5)).isTrue();
            pair.assertFaults(pair.plan(), "PF-ROLE fail");
            assertThat(pair.one("PF-ROLE").seen()).contains("role migrator may not end their sessions: postgres");
        }
        Await.until(
                "the worker has gone",
                PATIENCE,
                () -> superuser()
                        .truth(
                                "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'nightshift/7f3kmq/%')"));
    }

    @Test
    void a_role_that_is_no_owner_may_not_run_a_plan_that_redefines() {
        pair.healthy();
        superuser().execute("ALTER TABLE public.orders OWNER TO postgres", "GRANT ALL ON public.orders TO migrator");
        try {
            pair.assertFaults(pair.plan());
            pair.assertFaults(
                    pair.plan("- statement: {name: add, sql: \"ALTER TABLE public.orders ADD COLUMN b int\"}"),
                    "PF-ROLE fail");
        } finally {
            superuser().execute("ALTER TABLE public.orders OWNER TO migrator");
        }
    }

    @Test
    void a_waiter_for_a_touched_table_and_a_dump_of_it_are_named() throws SQLException {
        pair.healthy();
        try (Connection dump = migrator().connect("pg_dump");
                Connection ddl = migrator().connect("psql")) {
            dump.setAutoCommit(false);
            dump.createStatement().execute("LOCK TABLE public.orders IN ACCESS SHARE MODE");
            pair.assertFaults(pair.plan(), "PF-FOREIGN-DUMP fail");
            assertThat(pair.one("PF-FOREIGN-DUMP").seen()).contains("pg_dump", "dumps public.orders");

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
            pair.assertFaults(pair.plan(), "PF-LOCK-QUEUE fail", "PF-FOREIGN-DUMP fail", "PF-STEP fail");
            assertThat(pair.one("PF-LOCK-QUEUE").seen())
                    .contains("waits for AccessExclusiveLock on public.orders behind session", "pg_dump (idle in");
            dump.rollback();
            waiting.join();
        }
        pair.assertFaults(pair.plan());
    }

    @Test
    void an_invalid_index_fails_unless_the_plan_builds_it() {
        pair.healthy();
        migrator().execute("INSERT INTO public.other VALUES (1)", "CREATE INDEX broken ON public.orders (amount)");
        superuser().execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.broken'::regclass");
        try {
            pair.assertFaults(pair.plan(), "PF-INVALID-INDEX fail");
            assertThat(pair.one("PF-INVALID-INDEX").remedy()).contains("DROP INDEX CONCURRENTLY public.broken");
            pair.assertFaults(pair.plan(
                    "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY broken ON public.orders (amount)\"}"));
        } finally {
            migrator().execute("DROP INDEX public.broken");
        }
    }

    @Test
    void an_index_that_somebody_builds_now_is_not_told_to_be_dropped() throws SQLException {
        pair.healthy();
        try (Connection writer = migrator().connect("writer");
                Connection builder = migrator().connect("builder")) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("UPDATE public.orders SET amount = amount WHERE id = 1");
            CompletableFuture<Void> building = CompletableFuture.runAsync(() -> {
                try {
                    builder.createStatement().execute("CREATE INDEX CONCURRENTLY slow ON public.orders (amount)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(
                    "it waits for the writer",
                    PATIENCE,
                    () -> superuser()
                            .truth(
                                    "SELECT EXISTS (SELECT FROM pg_stat_progress_create_index WHERE lockers_total > 0)"));
            pair.assertFaults(pair.plan(), "PF-INVALID-INDEX fail");
            assertThat(pair.one("PF-INVALID-INDEX").seen())
                    .contains("index public.slow (CREATE INDEX CONCURRENTLY by session", "is being built");
            writer.rollback();
            building.join();
        } finally {
            migrator().execute("DROP INDEX IF EXISTS public.slow");
        }
    }

    @Test
    void a_constraint_that_was_never_proved_fails_where_a_step_relies_on_it() {
        pair.healthy();
        migrator().execute("ALTER TABLE public.orders ADD CONSTRAINT filled CHECK (total IS NOT NULL) NOT VALID");
        try {
            pair.assertFaults(pair.plan(), "PF-UNVALIDATED warn");
            pair.assertFaults(
                    pair.plan(
                            "- statement: {name: need, sql: \"ALTER TABLE public.orders ALTER COLUMN total SET NOT NULL\"}"),
                    "PF-UNVALIDATED fail");
            pair.assertFaults(pair.plan(
                    "- statement: {name: prove, sql: \"ALTER TABLE public.orders VALIDATE CONSTRAINT filled\"}"));
        } finally {
            migrator().execute("ALTER TABLE public.orders DROP CONSTRAINT filled");
        }
    }

    @Test
    void another_tool_that_migrates_now_is_named() throws SQLException {
        pair.healthy();
        try (Connection flyway = migrator().connect("flyway")) {
            flyway.createStatement().execute("SELECT pg_advisory_lock(77431708279161 + 1234567)");
            pair.assertFaults(pair.plan(), "PF-SINGLETON fail");
            assertThat(pair.one("PF-SINGLETON").seen()).contains("advisory lock of Flyway");
        }
        migrator()
                .execute(
                        "CREATE TABLE public.databasechangeloglock (id int, locked boolean, lockgranted timestamp, lockedby text)",
                        "INSERT INTO public.databasechangeloglock VALUES (1, true, now(), 'build-7')");
        try {
            pair.assertFaults(pair.plan(), "PF-SINGLETON fail");
            assertThat(pair.one("PF-SINGLETON").seen()).contains("Liquibase: build-7");
        } finally {
            migrator().execute("DROP TABLE public.databasechangeloglock");
        }
    }

    @Test
    void an_archiver_that_fails_is_told_with_the_segment() {
        pair.healthy();
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
            pair.assertFaults(pair.plan(), "PF-ARCHIVER fail");
        } finally {
            superuser().execute("ALTER SYSTEM RESET archive_command", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void a_table_that_is_missing_stops_and_a_waiver_does_not_help() {
        pair.healthy();
        Plan plan =
                pair.read(pair.text("", "public.ordres") + "waive: [{id: PF-STEP, reason: no, until: 2999-01-01}]\n");
        pair.assertFaults(plan, "PF-STEP fail");
        assertThat(pair.look(plan).refused()).isTrue();
    }

    private static Login migrator() {
        return pair.migrator();
    }

    private static Login superuser() {
        return pair.superuser();
    }
}
