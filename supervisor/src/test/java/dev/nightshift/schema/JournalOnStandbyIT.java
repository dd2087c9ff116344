package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Permanent;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalOnStandbyIT {

    @Test
    void a_standby_is_refused_whether_the_journal_is_there_or_not() {
        try (Cluster cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"))) {
            assertRefused(cluster.standby("standby-a"));
            new JournalInstaller(login(cluster.primary()), false).install();
            cluster.awaitCaughtUp("standby-a", java.time.Duration.ofSeconds(60));
            assertRefused(cluster.standby("standby-a"));
        }
    }

    private static void assertRefused(PostgresServer standby) {
        assertThatThrownBy(() -> new JournalInstaller(login(standby), false).install())
                .isInstanceOfSatisfying(
                        Permanent.class,
                        refused -> assertThat(refused.explanation().lines())
                                .hasSize(4)
                                .first()
                                .isEqualTo("this server is a standby"));
    }

    private static Login login(PostgresServer server) {
        return Login.of(
                DatabaseUrl.parse(server.migrator().url()),
                Optional.of(server.migrator().password()));
    }
}
