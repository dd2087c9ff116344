package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.Reading;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PgSensorsIT {

    private static final RunId RUN = new RunId("7f3kmq");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Cluster cluster;
    private static Vertx vertx;
    private static PgLine line;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys("standby-a")
                .set("wal_level", "logical")
                .set("archive_mode", "on")
                .set("archive_command", "true"));
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

    @Test
    void signals_of_the_whole_server_have_their_numbers() {
        assertThat(value("connections", "free")).isBetween(50.0, 97.0);
        assertThat(value("xid-age", "transactions")).isBetween(1.0, 1e6);
        assertThat(value("xid-age", "multixacts")).isBetween(0.0, 1e6);
        double checkpoints = value("checkpoints", "");
        cluster.primary().superuser().execute("CHECKPOINT");
        Await.until("the checkpoint is counted", PATIENCE, () -> value("checkpoints", "") >= checkpoints + 1);
        double temp = value("temp-bytes", "");
        cluster.primary()
                .migrator()
                .execute("DO $$ BEGIN SET work_mem = '64kB';"
                        + " PERFORM i FROM generate_series(1, 200000) i ORDER BY -i; END $$");
        Await.until("the sort's files are counted", PATIENCE, () -> value("temp-bytes", "") > temp + 1e6);
    }

    @Test
    void segments_that_the_archiver_cannot_archive_are_counted_and_named() {
        Login superuser = cluster.primary().superuser();
        superuser.execute("SELECT pg_switch_wal()");
        Await.until("all is archived", PATIENCE, () -> value("archive", "") == 0);
        superuser.execute("ALTER SYSTEM SET archive_command = 'false'", "SELECT pg_reload_conf()");
        try {
            for (int segment = 0; segment < 3; segment++) {
                superuser.execute(
                        "CREATE TABLE public.filler ()", "DROP TABLE public.filler", "SELECT pg_switch_wal()");
            }
            Await.until("three wait", PATIENCE, () -> value("archive", "") == 3);
            Await.until("it is seen to fail", PATIENCE, () -> value(Reading.ARCHIVE_FAILING, "") == 1);
            assertThat(reading(Reading.ARCHIVE_FAILING, "").orElseThrow().note())
                    .contains(" failed ");
        } finally {
            superuser.execute("ALTER SYSTEM RESET archive_command", "SELECT pg_reload_conf()");
        }
        Await.until("it has caught up", Duration.ofSeconds(90), () -> value("archive", "") == 0);
        assertThat(value(Reading.ARCHIVE_FAILING, "")).isZero();
    }

    @Test
    void a_logical_slot_is_as_far_behind_as_its_subscriber_has_not_confirmed() {
        Login superuser = cluster.primary().superuser();
        superuser.execute("SELECT pg_create_logical_replication_slot('cdc', 'pgoutput')");
        try {
            double before = value("logical-slots", "cdc");
            superuser.execute("SELECT pg_switch_wal()");
            assertThat(value("logical-slots", "cdc")).isGreaterThan(before);
            assertThat(reading("logical-slots", "cdc").orElseThrow().note()).isEqualTo("no subscriber is connected");
        } finally {
            superuser.execute("SELECT pg_drop_replication_slot('cdc')");
        }
        assertThat(reading("logical-slots", "cdc")).isEmpty();
    }

    @Test
    void commits_that_wait_for_a_synchronous_standby_are_counted_and_unknown_without_pg_monitor() throws SQLException {
        assertThat(reading("sync-waiters", "")).isEmpty();
        Login superuser = cluster.primary().superuser();
        superuser.execute("ALTER SYSTEM SET synchronous_standby_names = 'ghost'", "SELECT pg_reload_conf()");
        try (Connection app = cluster.primary().migrator().connect("shop-api")) {
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> {
                try {
                    app.createStatement().execute("CREATE TABLE public.waits ()");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(
                    "it waits",
                    PATIENCE,
                    () -> reading("sync-waiters", "")
                            .filter(r -> r.value().orElse(0) == 1)
                            .isPresent());
            superuser.execute("SET synchronous_commit = local", "REVOKE pg_monitor FROM migrator");
            assertThat(reading("sync-waiters", "").orElseThrow().value()).isEmpty();
            superuser.execute("SET synchronous_commit = local", "GRANT pg_monitor TO migrator");
            superuser.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
            commit.join();
        } finally {
            superuser.execute(
                    "SET synchronous_commit = local",
                    "GRANT pg_monitor TO migrator",
                    "ALTER SYSTEM RESET synchronous_standby_names",
                    "SELECT pg_reload_conf()");
        }
    }

    @Test
    void the_oldest_transaction_is_named_with_its_age_and_without_its_statement() throws SQLException {
        try (Connection report = cluster.primary().migrator().connect("nightly-report")) {
            report.setAutoCommit(false);
            report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            report.createStatement().execute("SELECT 'secret'");
            Await.until("it is a second old", PATIENCE, () -> value("xmin-horizon", "oldest transaction") >= 1);
            assertThat(reading("xmin-horizon", "oldest transaction")
                            .orElseThrow()
                            .note())
                    .startsWith("session ")
                    .contains("of migrator, nightly-report (idle in transaction")
                    .doesNotContain("secret");
            report.rollback();
        }
        Await.until("it is over", PATIENCE, () -> value("xmin-horizon", "oldest transaction") < 1);
    }

    @Test
    void a_lock_that_the_run_waits_for_is_named_by_who_holds_it() throws SQLException {
        try (Connection app = cluster.primary().migrator().connect("shop-api");
                Connection ours = cluster.primary().migrator().connect("nightshift/" + RUN + "/1/statement")) {
            app.setAutoCommit(false);
            app.createStatement().execute("LOCK TABLE public.t");
            CompletableFuture<Integer> update = CompletableFuture.supplyAsync(() -> {
                try {
                    return ours.createStatement().executeUpdate("UPDATE public.t SET id = id");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until(
                    "it is seen to wait",
                    PATIENCE,
                    () -> signals("lock-wait").stream()
                            .anyMatch(wait ->
                                    wait.value().orElse(0) > 0 && wait.note().contains("shop-api")));
            assertThat(signals("lock-wait")).allMatch(wait -> wait.subject().startsWith("statement "));
            app.rollback();
            assertThat(update.join()).isEqualTo(1);
        }
        assertThat(signals("lock-wait")).isEmpty();
    }

    @Test
    void dead_rows_are_counted_of_the_tables_that_the_run_was_seen_to_lock() throws SQLException {
        cluster.primary()
                .migrator()
                .execute(
                        "CREATE TABLE public.touched (id int) WITH (autovacuum_enabled = off)",
                        "CREATE TABLE public.untouched (id int) WITH (autovacuum_enabled = off)",
                        "INSERT INTO public.touched SELECT generate_series(1, 20000)",
                        "INSERT INTO public.untouched SELECT generate_series(1, 20000)",
                        "UPDATE public.touched SET id = id",
                        "UPDATE public.untouched SET id = id");
        PgSensors sensors = new PgSensors(line, System::nanoTime);
        try (Connection ours = cluster.primary().migrator().connect("nightshift/" + RUN + "/1/batch")) {
            ours.setAutoCommit(false);
            ours.createStatement().execute("LOCK TABLE public.touched IN ROW EXCLUSIVE MODE");
            Patiently.done("test", sensors.read(RUN));
            ours.rollback();
        }
        Await.until(
                "the rows are counted",
                PATIENCE,
                () -> Patiently.done("test", sensors.read(RUN)).readings().stream()
                        .anyMatch(dead -> dead.signal().equals("autovacuum")
                                && dead.subject().equals("public.touched")
                                && dead.value().orElse(0) == 1));
        assertThat(Patiently.done("test", sensors.read(RUN)).readings())
                .noneMatch(dead -> dead.subject().equals("public.untouched"));
    }

    @Test
    void counters_of_what_the_run_copies_are_seen_and_a_standby_s_feedback_is_off() throws SQLException {
        assertThat(value(Reading.STANDBY_FEEDBACK, "standby_a")).isZero();
        try (Connection ours = cluster.primary().migrator().connect("nightshift/" + RUN + "/1/statement")) {
            var copy = ours.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY public.t FROM STDIN");
            assertThat(signals("progress-stall")).singleElement().satisfies(progress -> {
                assertThat(progress.subject()).startsWith("copy ");
                assertThat(progress.note()).contains("\"tuples_processed\": 0");
            });
            copy.cancelCopy();
        }
        Await.until("it is over", PATIENCE, () -> signals("progress-stall").isEmpty());
    }

    private static List<Reading> signals(String signal) {
        return sample().readings().stream()
                .filter(r -> r.signal().equals(signal))
                .toList();
    }

    private static Optional<Reading> reading(String signal, String subject) {
        return sample().readings().stream()
                .filter(r -> r.signal().equals(signal) && r.subject().equals(subject))
                .findFirst();
    }

    /** A signal without a value is a failure of the test, never a zero. */
    private static double value(String signal, String subject) {
        return reading(signal, subject).orElseThrow().value().orElseThrow();
    }

    private static Sample sample() {
        return Patiently.done("test", new PgSensors(line, System::nanoTime).read(RUN));
    }
}
