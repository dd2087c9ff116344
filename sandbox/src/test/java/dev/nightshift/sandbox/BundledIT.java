package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BundledIT {
    @Test
    void a_standby_streams_from_binaries_without_pg_basebackup() {
        try (Cluster cluster =
                Cluster.start(ClusterSettings.withStandbys("standby-a").bundled())) {
            System.out.printf(
                    "bundled PostgreSQL %s, primary and standby: started in %d ms%n",
                    cluster.binaries().version(), cluster.startup().toMillis());
            assertThat(Files.exists(cluster.binaries().directory().resolve("pg_basebackup")))
                    .isFalse();

            Shop.of(1_000).create(cluster.primary());
            cluster.awaitCaughtUp("standby-a", Duration.ofSeconds(30));
            assertThat(cluster.standby("standby-a").migrator().number("SELECT count(*) FROM orders"))
                    .isEqualTo(1_000);
        }
    }
}
