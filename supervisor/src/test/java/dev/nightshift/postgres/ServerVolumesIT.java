package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightshift.guards.reading.Reading;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerVolumesIT {

    private static Cluster cluster;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.primaryOnly());
        vertx = EventLoops.create();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        cluster.close();
    }

    @Test
    void room_where_a_server_of_this_machine_keeps_data_and_wal_is_read() throws IOException {
        FileStore store = Files.getFileStore(cluster.directory());
        List<Reading> readings = readings(cluster.primary().migrator());

        assertThat(readings)
                .extracting(Reading::signal, Reading::subject)
                .containsExactly(tuple(Reading.DISK_FREE, "data and WAL"), tuple(Reading.DISK_SIZE, "data and WAL"));
        assertThat(readings.get(1).value()).hasValue((double) store.getTotalSpace());
        assertThat(readings.get(0).value().orElseThrow()).isPositive().isLessThanOrEqualTo((double)
                store.getTotalSpace());
    }

    @Test
    void a_role_that_may_not_know_where_the_data_is_reads_nothing() {
        cluster.primary().superuser().execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");

        assertThat(readings(new Login(Login.HOST, cluster.primary().port(), "plain", "plain", "shop")))
                .isEmpty();
    }

    private static List<Reading> readings(Login login) {
        PgSessions sessions = new PgSessions(vertx, DatabaseUrl.parse(login.url()), Optional.of(login.password()));
        PgLine line = new PgLine(sessions, SessionSettings.reading("nightshift/watch", Duration.ofSeconds(5)));
        ServerVolumes volumes = new ServerVolumes(vertx, line, System::nanoTime);
        List<Reading> readings = Patiently.done("looking", volumes.read()).readings();
        assertThat(Patiently.done("looking", volumes.read()).readings())
                .as("the same again, without asking where")
                .hasSameSizeAs(readings);
        Patiently.done("closing", line.close());
        return readings;
    }
}
