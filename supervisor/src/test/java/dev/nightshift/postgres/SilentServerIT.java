package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.SqlState;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Relay;
import dev.nightshift.worker.Stop;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that vanishes without a word: no packet ever says that the connection has ended. */
@Timeout(120)
class SilentServerIT {

    private final Cluster cluster = Cluster.start(ClusterSettings.withStandbys());
    private final Vertx vertx = EventLoops.create();
    private final Relay relay = relay();

    @AfterEach
    void stop() {
        vertx.close();
        relay.close();
        cluster.close();
    }

    @Test
    void a_question_without_an_answer_is_given_up_and_the_next_one_takes_another_connection() {
        PgLine line =
                new PgLine(sessions(relay.port()), SessionSettings.control("nightshift/test"), Duration.ofMillis(500));
        assertThat(pid(line)).isPositive();

        relay.freeze();
        assertThatThrownBy(() -> pid(line)).isInstanceOf(Transient.class).hasMessageContaining("no answer within 3 s");
        relay.drop();
        relay.thaw();

        assertThat(pid(line)).isPositive();
    }

    @Test
    void a_statement_whose_session_is_gone_is_not_waited_for() {
        try (PgSession session = sessions(relay.port()).session(SessionSettings.patient("nightshift/test/build"));
                ControlLine beside = new ControlLine(
                        sessions(cluster.primary().port()), SessionSettings.control("nightshift/beside"))) {
            RunningStatement running = RunningStatement.start(session, "SELECT pg_sleep(600)");
            assertThatThrownBy(() -> running.await(beside, new Stop(), this::vanish))
                    .satisfies(e -> assertThat(SqlStates.of(e)).isEqualTo(SqlState.CONNECTION_LOST))
                    .hasMessageContaining("no such session any more");
            assertThat(session.isOpen()).isFalse();
        }
    }

    private boolean vanish(int pid) {
        relay.freeze();
        cluster.primary().superuser().truth("SELECT pg_terminate_backend(?, 5000)", pid);
        return true;
    }

    private static int pid(PgLine line) {
        return Patiently.done("asking", line.ask("asking", "SELECT pg_backend_pid() AS pid", Tuple.tuple()))
                .iterator()
                .next()
                .getInteger("pid");
    }

    private PgSessions sessions(int port) {
        Login migrator = cluster.primary().migrator();
        String url = migrator.url().replace(":" + cluster.primary().port() + "/", ":" + port + "/");
        return new PgSessions(vertx, DatabaseUrl.parse(url), Optional.of(migrator.password()));
    }

    private Relay relay() {
        try {
            return Relay.to(cluster.primary().port());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
