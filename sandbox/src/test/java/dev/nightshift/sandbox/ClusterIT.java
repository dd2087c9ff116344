package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClusterIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_standby_streams_from_the_primary_through_its_relay() {
        try (Cluster cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"))) {
            System.out.printf(
                    "PostgreSQL %s, primary and standby: started in %d ms%n",
                    cluster.binaries().version(), cluster.startup().toMillis());
            cluster.primary().execute("CREATE TABLE t (n int)", "INSERT INTO t VALUES (42)");
            cluster.awaitCaughtUp("standby-a", SOON);

            Login standby = cluster.standby("standby-a").migrator();
            assertThat(standby.number("SELECT n FROM t")).isEqualTo(42);
            assertThat(standby.truth("SELECT pg_is_in_recovery()")).isTrue();
            assertThat(cluster.relay("standby-a").toClient()).isPositive();
            assertThat(cluster.primary().migrator().rows("SELECT application_name, state FROM pg_stat_replication"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.text("application_name")).isEqualTo("standby-a");
                        assertThat(row.text("state")).isEqualTo("streaming");
                    });
            assertThat(cluster.primary()
                            .migrator()
                            .truth(
                                    "SELECT active FROM pg_replication_slots WHERE slot_name = ?",
                                    Cluster.slotOf("standby-a")))
                    .isTrue();
        }
    }

    @Test
    void nothing_is_left_after_close() {
        Path directory;
        long pid;
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            directory = cluster.directory();
            pid = cluster.primary().pid();
        }
        assertThat(Processes.alive(pid)).isFalse();
        assertThat(directory).satisfies(gone -> assertThat(Files.exists(gone)).isFalse());
    }

    @Test
    void a_wrong_password_is_refused_and_the_owner_is_no_superuser() {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            Login right = cluster.primary().migrator();
            Login wrong = new Login(right.port(), right.role(), "guess", right.database());

            assertThatThrownBy(wrong::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(right.truth("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isFalse();
            assertThat(right.truth("SELECT pg_has_role('pg_monitor', 'usage')")).isTrue();
        }
    }
}
