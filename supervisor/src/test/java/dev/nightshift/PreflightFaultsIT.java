package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightshift.plan.Plan;
import dev.nightshift.sandbox.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Faults that take time, programs or other sessions to make; each makes its own check answer and no other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PreflightFaultsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PreflightPair pair;
    private static Connection reporting;

    /** A transaction that a test at the end needs to be a minute old begins first. */
    @BeforeAll
    static void start() throws SQLException {
        pair = PreflightPair.start(directory);
        pair.migrator()
                .execute(
                        "CREATE TABLE public.aged (id bigint PRIMARY KEY, total bigint)",
                        "INSERT INTO public.aged VALUES (1)",
                        "ANALYZE public.aged");
        reporting = pair.migrator().connect("nightly-report");
        reporting.setAutoCommit(false);
        reporting.createStatement().execute("SELECT count(*) FROM public.aged");
    }

    @AfterAll
    static void stop() throws SQLException {
        reporting.close();
        pair.close();
    }

    @Test
    @Order(1)
    void a_pg_dump_older_than_the_server_is_named_with_its_version_and_the_package() {
        int major = pair.cluster.binaries().major();
        Path old = StandInTools.of(directory, (major - 1) + ".5");
        try (Wiring wiring = pair.wiring(Map.of("NIGHTSHIFT_PG_BIN", old.toString()))) {
            var report = wiring.planCheck().look(pair.plan());
            assertThat(PreflightPair.faults(report)).containsExactly("PF-TOOLS fail");
            assertThat(PreflightPair.one(report, "PF-TOOLS").seen())
                    .contains("no pg_dump of version " + major + " or later", "found " + (major - 1) + ".5");
            assertThat(PreflightPair.one(report, "PF-TOOLS").remedy())
                    .contains("install postgresql-client-" + major, "NIGHTSHIFT_PG_BIN");
        }
    }

    /** On a server that is newer than the programs of this machine. */
    @Test
    @Order(1)
    void a_real_pg_dump_that_is_too_old_is_named() {
        assumeTrue(
                !pair.cluster.hasTool("pg_dump"),
                "skipped: pg_dump here fits the server; -Dsandbox.postgres=18.4.0 -Dsandbox.binaries=bundled makes it old");
        try (Wiring wiring = pair.wiring(Map.of("NIGHTSHIFT_PG_BIN", ""))) {
            var report = wiring.planCheck().look(pair.plan());
            assertThat(PreflightPair.faults(report)).containsExactly("PF-TOOLS fail");
            assertThat(PreflightPair.one(report, "PF-TOOLS").seen())
                    .contains("no pg_dump of version " + pair.cluster.binaries().major()
                            + " or later is on this machine");
        }
    }

    /** A table of the same shape stands for pg_cron, which a server would have to be started with. */
    @Test
    @Order(2)
    void a_job_of_pg_cron_that_begins_in_the_hours_of_the_run_is_told() {
        pair.healthy();
        pair.superuser()
                .execute(
                        "CREATE SCHEMA cron",
                        "CREATE TABLE cron.job (jobid bigint, schedule text, command text, database text,"
                                + " active boolean, jobname text)",
                        "INSERT INTO cron.job VALUES (1, '*/5 * * * *', 'VACUUM', 'shop', true, 'often'),"
                                + " (2, '*/5 * * * *', 'VACUUM', 'elsewhere', true, 'other'),"
                                + " (3, '*/5 * * * *', 'VACUUM', 'shop', false, 'off')");
        try {
            pair.assertFaults(pair.plan());
            pair.superuser().execute("GRANT USAGE ON SCHEMA cron TO migrator", "GRANT SELECT ON cron.job TO migrator");
            pair.assertFaults(pair.plan(), "PF-WINDOW warn");
            assertThat(pair.one("PF-WINDOW").seen()).endsWith("pg_cron starts in that time: often (*/5 * * * *)");
            pair.superuser()
                    .execute(
                            "ALTER TABLE cron.job ENABLE ROW LEVEL SECURITY",
                            "CREATE POLICY own ON cron.job USING (false)");
            pair.assertFaults(pair.plan());
            assertThat(pair.one("PF-WINDOW").seen()).endsWith("its jobs are hidden from this role");
        } finally {
            pair.superuser().execute("DROP SCHEMA cron CASCADE");
        }
    }

    @Test
    @Order(3)
    void policies_that_apply_to_the_role_are_told_of_tables_that_a_statement_writes() {
        pair.healthy();
        pair.migrator()
                .execute(
                        "ALTER TABLE public.other ENABLE ROW LEVEL SECURITY",
                        "ALTER TABLE public.other FORCE ROW LEVEL SECURITY");
        try {
            Plan plan = pair.plan("- statement: {name: more, sql: \"INSERT INTO public.other VALUES (7)\"}");
            pair.assertFaults(plan, "PF-RLS warn");
            assertThat(pair.one(plan, "PF-RLS").remedy()).contains("BYPASSRLS");
        } finally {
            pair.migrator()
                    .execute(
                            "ALTER TABLE public.other NO FORCE ROW LEVEL SECURITY",
                            "ALTER TABLE public.other DISABLE ROW LEVEL SECURITY");
        }
    }

    @Test
    @Order(9)
    void a_transaction_that_has_held_a_touched_table_for_a_minute_is_named() throws SQLException {
        pair.healthy();
        Plan plan = pair.read(pair.text("", "public.aged"));
        Await.until(
                "the report is a minute old",
                Duration.ofMinutes(2),
                () -> pair.superuser()
                        .truth("SELECT clock_timestamp() - xact_start > interval '61 s' FROM pg_stat_activity"
                                + " WHERE application_name = 'nightly-report'"));
        pair.assertFaults(plan, "PF-LONG-XACT fail");
        assertThat(pair.one(plan, "PF-LONG-XACT").seen())
                .contains(
                        "of migrator, nightly-report (idle in transaction): open for 1 min",
                        "with a lock on public.aged");
        assertThat(pair.one(plan, "PF-LONG-XACT").remedy()).contains("pg_terminate_backend(");
        pair.assertFaults(pair.plan());

        reporting.rollback();
        pair.assertFaults(plan);
    }
}
