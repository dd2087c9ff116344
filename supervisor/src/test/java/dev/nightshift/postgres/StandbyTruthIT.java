package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL shows of a standby where its own columns are NULL, stale or wrong: nothing of it may read as fine. */
class StandbyTruthIT {

    private static final String STANDBY = "standby-a";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Cluster cluster;
    private static Vertx vertx;
    private static PgLine line;
    private static Login primary;

    private GuardEye eye = newEye();

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys(STANDBY).set("checkpoint_timeout", "1h"));
        vertx = EventLoops.create();
        Login login = cluster.primary().migrator();
        PgSessions sessions = new PgSessions(vertx, DatabaseUrl.parse(login.url()), Optional.of(login.password()));
        line = new PgLine(sessions, SessionSettings.reading("nightshift/watch", Duration.ofSeconds(5)));
        primary = cluster.primary().superuser();
        primary.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off)",
                "INSERT INTO public.t SELECT g, 0 FROM generate_series(1, 20000) g");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        cluster.close();
    }

    @BeforeEach
    void begins_with_a_standby_that_is_known_to_be_well() {
        eye = newEye();
        eye.await("the standby is well", judgement -> judgement.verdict() == Verdict.CLEAR);
    }

    @AfterEach
    void mend() {
        cluster.primary().alterSystem("max_slot_wal_keep_size", "-1");
        if (primary.truth("SELECT coalesce((SELECT wal_status FROM pg_replication_slots), 'lost') = 'lost'")) {
            cluster.rebuild(STANDBY);
        } else if (!cluster.standby(STANDBY).running()) {
            cluster.standby(STANDBY).start();
        }
        cluster.standby(STANDBY).superuser().execute("SELECT pg_wal_replay_resume()");
        cluster.awaitCaughtUp(STANDBY, PATIENCE);
    }

    @Test
    void idle_the_lag_of_the_server_is_null_and_ours_is_zero() {
        Await.until(
                "the server has no lag to show",
                PATIENCE,
                () -> primary.truth("SELECT replay_lag IS NULL FROM pg_stat_replication"));
        Judgement judgement = eye.looked();

        assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(replica(judgement).timeLag()).isEqualTo(Duration.ZERO);
        assertThat(replica(judgement).timeLagExact()).isTrue();
    }

    @Test
    void with_replay_paused_our_lag_grows_while_that_of_the_server_stands_still() {
        cluster.standby(STANDBY).superuser().execute("SELECT pg_wal_replay_pause()");
        write();
        eye.await("it is seen to be behind", judgement -> lag(judgement).toMillis() > 500);
        double first = serversLag();
        Duration ours = lag(eye.looked());
        Judgement held = eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);

        assertThat(lag(held).minus(ours)).isGreaterThan(Duration.ofMillis((long) (1000 * (serversLag() - first))));
        assertThat(lag(held)).isGreaterThan(Duration.ofSeconds(4));
        assertThat(GuardEye.reasons(held)).anyMatch(reason -> reason.startsWith("replica lag " + STANDBY));
    }

    @Test
    void caught_up_our_lag_is_zero_although_the_server_still_shows_the_old_one() {
        cluster.standby(STANDBY).superuser().execute("SELECT pg_wal_replay_pause()");
        write();
        eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);
        cluster.standby(STANDBY).superuser().execute("SELECT pg_wal_replay_resume()");
        cluster.awaitCaughtUp(STANDBY, PATIENCE);

        Judgement caughtUp = eye.await("it is seen", judgement -> lag(judgement).isZero());
        System.out.println("caught up: the server says replay_lag " + serversLag() + " s, the guards "
                + replica(caughtUp).timeLag());
        assertThat(Objects.requireNonNull(replica(caughtUp).byteLag()).bytes()).isZero();
        eye.await("it goes on", judgement -> judgement.verdict() == Verdict.CLEAR);
    }

    @Test
    void a_frozen_receiver_is_never_clear_although_its_state_is_streaming() {
        cluster.standby(STANDBY).freeze();
        try {
            write();
            Judgement held = eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);
            assertThat(primary.text("SELECT state FROM pg_stat_replication")).isEqualTo("streaming");
            assertThat(lag(held)).isGreaterThan(Duration.ofSeconds(4));

            Judgement silent = eye.await(
                    "its silence is seen",
                    judgement -> replica(judgement).state().startsWith("no reply for"));
            assertThat(silent.verdict()).isEqualTo(Verdict.HOLD);
            assertThat(replica(silent).timeLag()).isNull();
        } finally {
            cluster.standby(STANDBY).thaw();
        }
    }

    @Test
    void a_frozen_receiver_of_an_idle_primary_is_told_by_its_silence() {
        cluster.standby(STANDBY).freeze();
        try {
            Judgement silent = eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);
            assertThat(primary.text("SELECT state FROM pg_stat_replication")).isEqualTo("streaming");
            assertThat(GuardEye.reasons(silent)).anyMatch(reason -> reason.contains("no reply for"));
        } finally {
            cluster.standby(STANDBY).thaw();
        }
    }

    @Test
    void a_stopped_standby_has_no_row_and_holds_at_once() {
        cluster.standby(STANDBY).stop();
        Judgement gone = eye.await("it holds", judgement -> judgement.verdict() == Verdict.HOLD);

        assertThat(primary.number("SELECT count(*) FROM pg_stat_replication")).isZero();
        assertThat(primary.truth("SELECT NOT active FROM pg_replication_slots")).isTrue();
        assertThat(replica(gone).timeLag()).isNull();
        assertThat(GuardEye.reasons(gone))
                .anyMatch(reason -> reason.startsWith("replica missing " + STANDBY + " gone"));
    }

    @Test
    void a_slot_on_its_way_to_be_lost_holds_at_each_stage_and_its_nulls_are_not_clear() {
        cluster.standby(STANDBY).stop();
        cluster.primary().alterSystem("max_slot_wal_keep_size", "32MB");
        for (int segment = 0; segment < 8 && !status().equals("lost"); segment++) {
            primary.execute("SELECT pg_switch_wal()", "SELECT pg_create_restore_point('next')");
            primary.execute(status().equals("unreserved") ? "CHECKPOINT" : "SELECT 1");
            Judgement judgement = eye.looked();
            System.out.println("slot " + status() + ": " + slot(judgement).verdict() + " at "
                    + slot(judgement).value());
            assertThat(judgement.verdict()).isGreaterThanOrEqualTo(Verdict.UNKNOWN);
            if (!status().equals("reserved")) {
                assertThat(slot(judgement).verdict()).isGreaterThanOrEqualTo(Verdict.HOLD);
            }
        }

        assertThat(status()).isEqualTo("lost");
        assertThat(primary.truth("SELECT safe_wal_size IS NULL FROM pg_replication_slots"))
                .isTrue();
        Judgement lost = eye.looked();
        assertThat(slot(lost).verdict()).isGreaterThanOrEqualTo(Verdict.HOLD);
        assertThat(slot(lost).value()).isEqualTo(1);
        assertThat(GuardEye.reasons(lost)).anyMatch(reason -> reason.matches("slot \\S+ lost( \\(.*\\))? != reserved"));
    }

    @Test
    void the_same_update_writes_more_right_after_a_checkpoint_so_what_counts_is_bytes() {
        primary.execute("CHECKPOINT");
        long after = walOf("UPDATE public.t SET n = n + 1");
        long later = walOf("UPDATE public.t SET n = n + 1");

        System.out.println("20,000 rows: " + after + " bytes of WAL right after a checkpoint, then " + later);
        assertThat(after).isGreaterThan(later);
        Judgement judgement = eye.looked();
        assertThat(judgement.flow().total()).isGreaterThan(0);
    }

    private static long walOf(String sql) {
        String from = primary.text("SELECT pg_current_wal_insert_lsn()::text");
        primary.execute(sql);
        return primary.number("SELECT pg_current_wal_insert_lsn() - ?::pg_lsn", from);
    }

    private static void write() {
        primary.execute("UPDATE public.t SET n = n + 1");
    }

    private static double serversLag() {
        return Double.parseDouble(primary.text(
                "SELECT coalesce(extract(epoch FROM replay_lag), 0)::float8::text FROM pg_stat_replication"));
    }

    private static String status() {
        return primary.text("SELECT wal_status FROM pg_replication_slots");
    }

    private static Duration lag(Judgement judgement) {
        Duration lag = replica(judgement).timeLag();
        return lag == null ? Duration.ZERO : lag;
    }

    private static ReplicaView replica(Judgement judgement) {
        return judgement.replicas().get(0);
    }

    private static Standing slot(Judgement judgement) {
        return judgement.standings().stream()
                .filter(standing -> standing.guard() == GuardKind.SLOTS)
                .findFirst()
                .orElseThrow();
    }

    private static GuardEye newEye() {
        return GuardEye.over(
                PgSensors.withoutJournal(line, System::nanoTime), Declared.of(STANDBY, ReplicaClass.REQUIRED));
    }
}
