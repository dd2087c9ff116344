package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Login;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a primary alone can tell of its standbys and of logical replication. */
class PreflightReplicaIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PreflightPair pair;

    @BeforeAll
    static void start() {
        pair = PreflightPair.start(directory);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void a_standby_whose_replay_is_paused_is_named_unless_it_is_declared_delayed() {
        pair.healthy();
        standby().execute("SELECT pg_wal_replay_pause()");
        try {
            Await.until(
                    "it is paused",
                    PreflightPair.PATIENCE,
                    () -> standby().truth("SELECT pg_get_wal_replay_pause_state() = 'paused'"));
            write();
            pair.assertFaults(pair.plan(), "PF-DELAYED-STANDBY fail");
            assertThat(pair.one("PF-DELAYED-STANDBY").seen()).contains("standby-a has ", "that it does not replay");
            assertThat(pair.one("PF-DELAYED-STANDBY").remedy()).contains("pg_wal_replay_resume()");
            pair.assertFaults(delayed());
        } finally {
            standby().execute("SELECT pg_wal_replay_resume()");
        }
        pair.healthy();
        pair.assertFaults(pair.plan());
    }

    @Test
    void a_standby_that_replays_late_by_its_settings_is_named_too() {
        pair.healthy();
        standby().execute("ALTER SYSTEM SET recovery_min_apply_delay = '1h'", "SELECT pg_reload_conf()");
        try {
            Await.until("it waits before it replays", PreflightPair.PATIENCE, () -> {
                write();
                return standby()
                        .truth("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'RecoveryApplyDelay')");
            });
            pair.assertFaults(pair.plan(), "PF-DELAYED-STANDBY fail");
            pair.assertFaults(delayed());
        } finally {
            standby().execute("ALTER SYSTEM RESET recovery_min_apply_delay", "SELECT pg_reload_conf()");
        }
        pair.healthy();
    }

    @Test
    void a_standby_without_feedback_is_told_and_lets_the_run_start() {
        pair.healthy();
        assertThat(pair.one("PF-DELAYED-STANDBY").seen()).contains("hot_standby_feedback is off on standby-a");
        standby().execute("ALTER SYSTEM SET hot_standby_feedback = on", "SELECT pg_reload_conf()");
        try {
            Await.until(
                    "its feedback is there",
                    PreflightPair.PATIENCE,
                    () -> pair.superuser()
                            .truth("SELECT EXISTS (SELECT FROM pg_replication_slots WHERE xmin IS NOT NULL)"));
            assertThat(pair.one("PF-DELAYED-STANDBY").seen()).doesNotContain("hot_standby_feedback");
        } finally {
            standby().execute("ALTER SYSTEM RESET hot_standby_feedback", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void a_publication_of_all_tables_fails_before_there_is_a_journal_in_it() {
        pair.healthy();
        pair.superuser().execute("CREATE PUBLICATION everything FOR ALL TABLES");
        try {
            pair.assertFaults(pair.plan(), "PF-PUBLICATION fail");
            assertThat(pair.one("PF-PUBLICATION").seen()).contains("publication everything FOR ALL TABLES");
            assertThat(pair.one("PF-PUBLICATION").remedy()).contains("waive PF-PUBLICATION");
        } finally {
            pair.superuser().execute("DROP PUBLICATION everything");
        }
    }

    @Test
    void whole_old_rows_of_a_published_backfill_are_told() {
        pair.healthy();
        pair.migrator()
                .execute(
                        "ALTER TABLE public.orders REPLICA IDENTITY FULL",
                        "CREATE PUBLICATION cdc FOR TABLE public.orders");
        try {
            pair.assertFaults(pair.plan(), "PF-SUBSCRIPTIONS warn");
            assertThat(pair.one("PF-SUBSCRIPTIONS").seen()).contains("REPLICA IDENTITY FULL");
        } finally {
            pair.migrator().execute("DROP PUBLICATION cdc", "ALTER TABLE public.orders REPLICA IDENTITY DEFAULT");
        }
    }

    private static Plan delayed() {
        return pair.read(
                pair.text("", "public.orders").replace("{required: [standby-a]}", "{delayed: {standby-a: 1h}}"));
    }

    private static void write() {
        pair.migrator().execute("CREATE TABLE public.late AS SELECT 1 AS one", "DROP TABLE public.late");
    }

    private static Login standby() {
        return pair.cluster.standby("standby-a").superuser();
    }
}
