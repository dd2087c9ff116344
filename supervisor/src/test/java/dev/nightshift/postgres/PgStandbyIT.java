package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.ProbingSensors;
import dev.nightshift.drive.Sensors;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A standby that is asked itself: who follows behind it, and what keeps it from replaying. */
class PgStandbyIT {

    private static final String FIRST = "standby-a";
    private static final String SECOND = "standby-c";

    private static Cluster cluster;
    private static Vertx vertx;
    private static PgLine line;
    private static PgStandby first;

    private GuardEye eye = newEye();

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys(FIRST, SECOND).set("max_standby_streaming_delay", "-1"));
        cluster.cascade(SECOND, FIRST);
        vertx = EventLoops.create();
        Login login = cluster.primary().migrator();
        PgSessions sessions = new PgSessions(vertx, DatabaseUrl.parse(login.url()), Optional.of(login.password()));
        line = new PgLine(sessions, SessionSettings.reading("nightshift/watch", Duration.ofSeconds(5)));
        Login standby = cluster.standby(FIRST).migrator();
        Map<String, String> environment = Map.of("NIGHTSHIFT_PASSWORD", standby.password());
        first = new PgStandby(FIRST, PgSessions.ofStandby(vertx, DatabaseUrl.parse(standby.url()), environment));
        cluster.primary()
                .superuser()
                .execute(
                        "CREATE TABLE public.t (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off)",
                        "INSERT INTO public.t SELECT g, 0 FROM generate_series(1, 20000) g");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        cluster.close();
    }

    @BeforeEach
    void both_are_well() {
        eye = newEye();
        eye.await("both are well", judgement -> judgement.verdict() == Verdict.CLEAR);
    }

    @Test
    void a_standby_behind_a_standby_is_judged_like_any_other() {
        assertThat(eye.looked().replicas())
                .extracting(replica -> replica.name() + " " + replica.kind() + " " + replica.state())
                .containsExactly(FIRST + " REQUIRED streaming", SECOND + " CASCADED streaming");
        Login second = cluster.standby(SECOND).superuser();
        second.execute("SELECT pg_wal_replay_pause()");
        write();
        Judgement held = eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);
        second.execute("SELECT pg_wal_replay_resume()");

        assertThat(GuardEye.reasons(held)).isNotEmpty().allMatch(reason -> reason.contains(SECOND));
    }

    @Test
    void a_standby_behind_a_standby_is_missed_and_so_is_what_tells_of_it() {
        cluster.standby(SECOND).stop();
        Judgement gone = eye.await("it is missed", judgement -> judgement.verdict() == Verdict.HOLD);
        assertThat(GuardEye.reasons(gone)).anyMatch(reason -> reason.startsWith("replica missing " + SECOND + " gone"));
        cluster.standby(SECOND).start();
        eye.await("it is back", judgement -> judgement.verdict() == Verdict.CLEAR);

        cluster.standby(FIRST).stop();
        Judgement blind = eye.await(
                "nobody tells of it",
                judgement ->
                        GuardEye.reasons(judgement).stream().anyMatch(reason -> reason.contains("does not answer")));
        cluster.standby(FIRST).start();

        assertThat(GuardEye.reasons(blind)).anyMatch(reason -> reason.startsWith("replica missing " + FIRST));
        assertThat(GuardEye.reasons(blind))
                .anyMatch(reason -> reason.startsWith(
                        "replica missing " + SECOND + " unobservable (" + FIRST + " does not answer)"));
    }

    @Test
    void a_pause_is_named_as_what_keeps_it_from_replaying() {
        Login standby = cluster.standby(FIRST).superuser();
        standby.execute("SELECT pg_wal_replay_pause()");
        write();
        Judgement held =
                eye.await("the pause is named", judgement -> notes(judgement).contains("its replay is paused"));
        standby.execute("SELECT pg_wal_replay_resume()");

        assertThat(held.verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_query_is_named_as_what_keeps_it_from_replaying() throws SQLException {
        try (Connection report = cluster.standby(FIRST).superuser().connect();
                Statement statement = report.createStatement()) {
            report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            report.setAutoCommit(false);
            statement.execute("SET application_name = 'nightly report'");
            statement.executeQuery("SELECT count(*) FROM public.t").close();
            write();
            cluster.primary().superuser().execute("VACUUM public.t");
            Judgement held = eye.await(
                    "the query is named", judgement -> notes(judgement).contains("nightly report"));
            assertThat(held.verdict()).isEqualTo(Verdict.HOLD);
            assertThat(notes(held)).contains("its replay may wait for session");
        }
    }

    private static void write() {
        cluster.primary().superuser().execute("UPDATE public.t SET n = n + 1");
    }

    private static String notes(Judgement judgement) {
        return judgement.findings().toString();
    }

    private static GuardEye newEye() {
        Sensors sensors = new ProbingSensors(
                PgSensors.withoutJournal(line, System::nanoTime),
                List.of(),
                probe -> () -> Future.failedFuture("nobody asks"),
                List.of(first),
                System::nanoTime);
        return GuardEye.over(sensors, Declared.of(FIRST, ReplicaClass.REQUIRED), Declared.cascaded(SECOND, FIRST));
    }
}
