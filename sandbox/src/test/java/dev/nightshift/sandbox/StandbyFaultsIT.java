package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class StandbyFaultsIT {
    private static final String STANDBY = "standby-a";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys(STANDBY));
        cluster.primary().execute("CREATE TABLE filler (n int, text text)");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    /** So that one failure is one failure. */
    @AfterEach
    void healthy() {
        PostgresServer standby = cluster.standby(STANDBY);
        if (standby.running()) {
            standby.thaw();
        } else {
            standby.start();
        }
        cluster.relay(STANDBY).unlimited();
        cluster.relay(STANDBY).restore();
        cluster.awaitCaughtUp(STANDBY, SOON);
        Await.until("the primary has heard of it", SOON, () -> streams() && behind() == 0);
    }

    @Test
    void a_limited_link_makes_the_lag_grow_and_an_unlimited_one_drains_it() {
        cluster.relay(STANDBY).limit(50_000);
        writeMegabytes(10);
        assertThat(cluster.lag(STANDBY)).isGreaterThan(8_000_000);

        cluster.relay(STANDBY).unlimited();
        cluster.awaitCaughtUp(STANDBY, SOON);
    }

    @Test
    void a_cut_link_ends_the_stream_and_a_restored_one_brings_it_back() {
        cluster.relay(STANDBY).cut();
        Await.until("the primary has noticed", SOON, () -> !streams());
        writeMegabytes(1);
        assertThat(cluster.lag(STANDBY)).isPositive();

        cluster.relay(STANDBY).restore();
        cluster.awaitCaughtUp(STANDBY, SOON);
        assertThat(streams()).isTrue();
    }

    @Test
    void a_stopped_standby_catches_up_after_its_start() {
        cluster.standby(STANDBY).stop();
        assertThat(cluster.standby(STANDBY).running()).isFalse();
        writeMegabytes(1);

        cluster.standby(STANDBY).start();
        cluster.awaitCaughtUp(STANDBY, SOON);
    }

    @Test
    void a_killed_primary_and_a_killed_standby_come_back_on_their_ports() {
        cluster.primary().kill();
        cluster.standby(STANDBY).kill();
        cluster.primary().start();
        cluster.standby(STANDBY).start();
        writeMegabytes(1);
        cluster.awaitCaughtUp(STANDBY, SOON);
    }

    @Test
    void a_frozen_standby_falls_behind_with_its_connection_open() {
        cluster.standby(STANDBY).freeze();
        writeMegabytes(1);
        assertThat(behind()).isGreaterThan(1_000_000);
        assertThat(streams()).isTrue();

        cluster.standby(STANDBY).thaw();
        cluster.awaitCaughtUp(STANDBY, SOON);
    }

    @Test
    void a_standby_whose_slot_was_lost_streams_again_once_rebuilt() {
        PostgresServer primary = cluster.primary();
        primary.alterSystem("max_slot_wal_keep_size", "16MB");
        cluster.standby(STANDBY).stop();
        for (int segment = 0; segment < 5; segment++) {
            primary.superuser().execute("SELECT pg_switch_wal()", "INSERT INTO filler VALUES (1)");
        }
        primary.superuser().execute("CHECKPOINT");
        assertThat(primary.superuser().text("SELECT wal_status FROM pg_replication_slots"))
                .isEqualTo("lost");

        primary.alterSystem("max_slot_wal_keep_size", "-1");
        cluster.rebuild(STANDBY);
        cluster.awaitCaughtUp(STANDBY, SOON);
        assertThat(primary.superuser().text("SELECT wal_status FROM pg_replication_slots"))
                .isEqualTo("reserved");
    }

    @Test
    void a_second_standby_can_join_and_be_promoted() {
        PostgresServer second = cluster.addStandby("standby-b");
        second.promote();

        second.execute("INSERT INTO filler VALUES (-1)");
        assertThat(second.migrator().truth("SELECT pg_is_in_recovery()")).isFalse();
        assertThat(cluster.primary().migrator().number("SELECT count(*) FROM filler WHERE n = -1"))
                .isZero();
    }

    private static void writeMegabytes(int megabytes) {
        cluster.primary()
                .execute("INSERT INTO filler SELECT n, repeat(md5(n::text), 30) FROM generate_series(1, "
                        + megabytes * 1_000 + ") AS n");
    }

    /** As the primary sees it; as good as infinite while it sees nothing. */
    private static long behind() {
        return cluster.primary()
                .superuser()
                .number(
                        "SELECT coalesce((SELECT pg_current_wal_lsn() - replay_lsn FROM pg_stat_replication"
                                + " WHERE application_name = ? ORDER BY backend_start DESC LIMIT 1), 1e18)::bigint",
                        STANDBY);
    }

    private static boolean streams() {
        return cluster.primary()
                .superuser()
                .truth(
                        "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = ? AND state = 'streaming')",
                        STANDBY);
    }
}
