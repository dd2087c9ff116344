package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.schema.JournalInstaller;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgSensorsIT {

    private static final RunId RUN = new RunId("7f3kmq");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Cluster cluster;
    private static Vertx vertx;
    private static PgLine line;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"));
        vertx = EventLoops.create();
        Login login = cluster.primary().migrator();
        DatabaseUrl url = DatabaseUrl.parse(login.url());
        new JournalInstaller(dev.nightshift.schema.Login.of(url, Optional.of(login.password())), false).install();
        PgSessions sessions = new PgSessions(vertx, url, Optional.of(login.password()));
        line = new PgLine(sessions, SessionSettings.reading("nightshift/supervisor/sensing", Duration.ofSeconds(1)));
        login.execute("CREATE TABLE public.t (id int PRIMARY KEY)", "INSERT INTO public.t VALUES (1)");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        cluster.close();
    }

    @Test
    void a_streaming_standby_is_seen_with_its_slot_and_all_its_positions() {
        Await.until(
                "it has replied",
                PATIENCE,
                () -> sample().replicas().stream()
                        .anyMatch(replica -> replica.positions().replayed() != null));
        Sample sample = sample();
        assertThat(sample.replicas()).singleElement().satisfies(replica -> {
            assertThat(replica.name()).isEqualTo("standby-a");
            assertThat(replica.slot()).isEqualTo("standby_a");
            assertThat(replica.state()).isEqualTo("streaming");
        });
        assertThat(sample.slots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.active()).isTrue());
        assertThat(sample.server().inRecovery()).isFalse();
    }

    @Test
    void a_role_without_pg_monitor_sees_a_replica_whose_state_and_positions_are_unknown_and_not_zero() {
        cluster.primary().superuser().execute("REVOKE pg_monitor FROM migrator");
        try {
            ReplicaRow hidden = sample().replicas().get(0);
            assertThat(hidden.state()).isNull();
            assertThat(hidden.positions().replayed()).isNull();
        } finally {
            cluster.primary().superuser().execute("GRANT pg_monitor TO migrator");
        }
    }

    @Test
    void a_session_that_waits_for_one_of_ours_is_seen_with_how_long_it_has_waited() throws SQLException {
        try (Connection ours = cluster.primary().migrator().connect("nightshift/" + RUN + "/1/batch");
                Connection app = cluster.primary().migrator().connect("shop-api")) {
            ours.setAutoCommit(false);
            ours.createStatement().execute("UPDATE public.t SET id = id");
            CompletableFuture<Integer> update = CompletableFuture.supplyAsync(() -> {
                try {
                    return app.createStatement().executeUpdate("UPDATE public.t SET id = id");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(
                    "it is seen to wait a second",
                    PATIENCE,
                    () -> sample().blocked().stream()
                            .anyMatch(blocked -> blocked.application().equals("shop-api")
                                    && blocked.waited().compareTo(Duration.ofSeconds(1)) > 0));
            assertThat(sample().own()).anyMatch(own -> "batch".equals(own.role()));
            ours.rollback();
            assertThat(update.join()).isEqualTo(1);
        }
        assertThat(sample().blocked()).isEmpty();
    }

    @Test
    void a_standby_that_has_gone_leaves_no_row_and_its_slot_is_inactive() {
        cluster.standby("standby-a").stop();
        try {
            Await.until("its row has gone", PATIENCE, () -> sample().replicas().isEmpty());
            assertThat(sample().slots())
                    .singleElement()
                    .satisfies(slot -> assertThat(slot.active()).isFalse());
        } finally {
            cluster.standby("standby-a").start();
        }
    }

    private static Sample sample() {
        return Patiently.done("test", new PgSensors(line, System::nanoTime).read(RUN));
    }
}
