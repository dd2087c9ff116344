package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Lease;
import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.TestServer;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.view.Intents;
import dev.nightshift.worker.Exit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server does that crashes, is promoted, waits for a synchronous standby, or has no connection left. */
class ServerFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 20_000;
    private static final String STEP =
            "- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}";

    private final Cluster cluster = Cluster.start(ClusterSettings.withStandbys("standby-a")
            .set("max_connections", "20")
            .set("max_wal_senders", "4"));
    private final Stage stage = new Stage(new FreshDatabase(new TestServer(
            "a cluster",
            cluster.primary().superuser().in("postgres"),
            cluster.primary().migrator())));
    private final RunId run = stage.run(STEP);
    private final UUID token = UUID.randomUUID();
    private final PgLine control = new PgLine(stage.sessions, SessionSettings.control("nightshift/supervisor/control"));
    private final PgLine sensing =
            new PgLine(stage.sessions, SessionSettings.reading("nightshift/supervisor/sensing", Duration.ofSeconds(1)));
    private final PgLease lease = new PgLease(control, "ann@desk/1", token, System::nanoTime);
    private final PgPermits permits = new PgPermits(control, token);

    @BeforeEach
    void supervise() {
        stage.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, " + ROWS + ") g");
        Patiently.done("test", lease.acquire());
        Patiently.done("test", permits.adopt(run));
        Patiently.done("test", sensing.ask("test", "SELECT 1", io.vertx.sqlclient.Tuple.tuple()));
    }

    @AfterEach
    void close() {
        stage.vertx.close();
        cluster.close();
    }

    @Test
    void no_permit_outlives_a_crash_and_the_worker_goes_on_when_there_is_a_new_one() {
        grant(OptionalLong.of(1_000_000));
        Stage.Hired worker = stage.hire(run);
        stage.awaitRows(run, 0, 1000);

        cluster.primary().kill();
        cluster.primary().start();

        assertThat(stage.migrator.number("SELECT count(*) FROM nightshift.permits"))
                .isZero();
        long rows = stage.rows(run, 0);
        Await.until("it waits", PATIENCE, () -> stage.activity(run).startsWith("waits for a permit"));
        assertThat(stage.rows(run, 0)).isEqualTo(rows).isLessThan(ROWS);

        Await.until("the supervisor is back", PATIENCE, this::superviseAgain);
        assertThat(worker.left().exit()).as(() -> stage.steps(run)).isEqualTo(Exit.DONE);
        assertThat(stage.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void no_permit_is_there_after_a_promotion_and_the_lease_is_doubted() {
        grant(OptionalLong.empty());
        stage.claim(run);
        cluster.awaitCaughtUp("standby-a", PATIENCE);
        cluster.primary().kill();
        cluster.standby("standby-a").promote();

        Login promoted = cluster.standby("standby-a").migrator().in(stage.database.name());
        assertThat(promoted.number("SELECT count(*) FROM nightshift.permits")).isZero();
        assertThat(promoted.number("SELECT epoch FROM nightshift.claims WHERE run_id = ?", run.text()))
                .isEqualTo(1);
        promoted.execute("UPDATE nightshift.lease SET expires_at = clock_timestamp()");
        PgSessions there =
                new PgSessions(stage.vertx, DatabaseUrl.parse(promoted.url()), Optional.of(promoted.password()));
        PgLine line = new PgLine(there, SessionSettings.control("nightshift/supervisor/control"));
        Lease.Answer answer =
                Patiently.done("test", new PgLease(line, "bob@desk/2", UUID.randomUUID(), System::nanoTime).acquire());
        assertThat(answer.doubt()).hasValueSatisfying(doubt -> assertThat(doubt).contains("another timeline"));
    }

    /** Statement timeouts do not cover a commit: what waits here waits for ever, so coming through is the proof. */
    @Test
    void an_absent_synchronous_standby_stops_batches_but_no_permit_pause_or_abort() {
        grant(OptionalLong.of(1_000_000));
        stage.hire(run);
        stage.awaitRows(run, 0, 1000);
        cluster.primary().alterSystem("synchronous_standby_names", "ghost");
        Await.until(
                "a batch waits for it", PATIENCE, () -> sample().own().stream().anyMatch(this::waitsForStandby));

        grant(OptionalLong.empty());
        assertThat(stage.migrator.truth("SELECT valid_until > clock_timestamp() FROM nightshift.permits"))
                .isTrue();
        try (PgAccess access = PgAccess.open(stage.sessions)) {
            access.intents().ask(new Intents.Asked(run, Intent.Kind.PAUSE, false, "deploy", "ann@desk", "desk"));
            assertThat(stage.migrator.text("SELECT valid_until::text FROM nightshift.permits"))
                    .isEqualTo("-infinity");
            // Somebody with psql, whose session waits for standbys.
            assertThat(stage.migrator.number("SELECT nightshift.resume('again')"))
                    .isPositive();
            assertThat(stage.migrator.number("SELECT nightshift.pause('again')"))
                    .isPositive();
            access.intents().stopWork(run, false);
        }
        assertThat(stage.migrator.truth("SELECT revoked FROM nightshift.permits"))
                .isTrue();
        assertThat(stage.migrator.number("SELECT epoch FROM nightshift.claims WHERE run_id = ?", run.text()))
                .isEqualTo(2);
        long rows = stage.rows(run, 0);
        assertThat(stage.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(rows);
        assertThat(stage.migrator.number(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE" + " 'nightshift/%/batch'"))
                .isZero();
    }

    @Test
    void a_supervisor_commands_a_server_that_takes_no_more_connections() throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            assertThatThrownBy(() -> fill(all)).isInstanceOf(SQLException.class);

            grant(OptionalLong.empty());
            assertThat(sample().position()).isNotNull();
            new PgIntents(control).ask(new Intents.Asked(run, Intent.Kind.ABORT, false, "breach", "ann", "desk"));
            Patiently.done("test", permits.revoke(run, false));
            assertThat(cluster.primary()
                            .superuser()
                            .in(stage.database.name())
                            .truth("SELECT revoked FROM nightshift.permits"))
                    .isTrue();

            assertThatThrownBy(() -> PgAccess.open(stage.sessions))
                    .isInstanceOfSatisfying(
                            Transient.class,
                            refused -> assertThat(refused.explanation().lines())
                                    .hasSize(4)
                                    .last()
                                    .asString()
                                    .contains("end its supervisor: nothing is written from 7 s later"));
        } finally {
            for (Connection one : all) {
                one.close();
            }
        }
    }

    private boolean superviseAgain() {
        try {
            Patiently.done("test", lease.acquire());
            grant(OptionalLong.empty());
            return true;
        } catch (Transient notYet) {
            return false;
        }
    }

    private void fill(List<Connection> all) throws SQLException {
        for (int i = 0; i < 50; i++) {
            all.add(stage.migrator.connect("shop-api"));
        }
    }

    private boolean waitsForStandby(OwnSession session) {
        return "batch".equals(session.role()) && "SyncRep".equals(session.waitEvent());
    }

    private Sample sample() {
        return Patiently.done("test", new PgSensors(sensing, System::nanoTime).read(run));
    }

    private void grant(OptionalLong rate) {
        Patiently.done("test", permits.grant(run, rate, Instant.now().plusSeconds(600)));
    }
}
