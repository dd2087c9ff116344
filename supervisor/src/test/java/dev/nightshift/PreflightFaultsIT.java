package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

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
