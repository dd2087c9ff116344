package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgSessionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Cluster cluster;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"));
        vertx = EventLoops.create();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        cluster.close();
    }

    @Test
    void a_session_has_its_name_and_its_settings_whatever_the_role_inherits() {
        Login migrator = cluster.primary().migrator();
        Map<String, String> wanted = Map.ofEntries(
                Map.entry("application_name", "nightshift/7f3kmq/1/batch"),
                Map.entry("statement_timeout", "2000"),
                Map.entry("lock_timeout", "200"),
                Map.entry("idle_in_transaction_session_timeout", "5000"),
                Map.entry("idle_session_timeout", "60000"),
                Map.entry("client_connection_check_interval", "1000"),
                Map.entry("default_transaction_isolation", "read committed"),
                Map.entry("default_transaction_read_only", "off"),
                Map.entry("search_path", "pg_catalog"),
                Map.entry("row_security", "off"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("TimeZone", "UTC"));
        for (String adverse : new String[] {
            "search_path = public",
            "statement_timeout = 1",
            "lock_timeout = 0",
            "idle_in_transaction_session_timeout = 0",
            "idle_session_timeout = 0",
            "client_connection_check_interval = 0",
            "default_transaction_isolation = 'serializable'",
            "default_transaction_read_only = on",
            "row_security = on",
            "synchronous_commit = off",
            "TimeZone = 'Asia/Tokyo'"
        }) {
            cluster.primary().superuser().execute("ALTER ROLE migrator SET " + adverse);
        }
        try (PgSession session = sessions(migrator)
                .session(SessionSettings.batch("nightshift/7f3kmq/1/batch", Duration.ofMillis(500)))) {
            Map<String, String> got = new HashMap<>();
            session.run("SELECT name, setting FROM pg_settings", PATIENCE)
                    .forEach(row -> got.put(row.getString("name"), row.getString("setting")));
            assertThat(got).containsAllEntriesOf(wanted);
            assertThat(session.run("SHOW tcp_user_timeout", PATIENCE)
                            .iterator()
                            .next()
                            .getString(0))
                    .isNotEqualTo("0");
        } finally {
            cluster.primary().superuser().execute("ALTER ROLE migrator RESET ALL");
        }
    }

    @Test
    void control_writes_wait_for_no_standby_and_are_never_left_to_a_crash() {
        cluster.primary().superuser().execute("ALTER ROLE migrator SET synchronous_commit = off");
        try (PgSession session = sessions(cluster.primary().migrator()).session(control())) {
            assertThat(session.run("SHOW synchronous_commit", PATIENCE)
                            .iterator()
                            .next()
                            .getString(0))
                    .isEqualTo("local");
        } finally {
            cluster.primary().superuser().execute("ALTER ROLE migrator RESET ALL");
        }
    }

    @Test
    void a_wrong_password_is_permanent_and_says_where_to_put_it() {
        Login migrator = cluster.primary().migrator();
        PgSessions wrong = new PgSessions(vertx, DatabaseUrl.parse(migrator.url()), Optional.of("wrong"));
        assertThatThrownBy(() -> wrong.session(control()))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        e -> assertThat(e.explanation().toString())
                                .contains("28P01")
                                .contains("NIGHTSHIFT_PASSWORD"));
    }

    @Test
    void a_password_that_nobody_gave_is_permanent_and_says_where_to_put_it() {
        Login migrator = cluster.primary().migrator();
        PgSessions without = new PgSessions(vertx, DatabaseUrl.parse(migrator.url()), Optional.empty());
        assertThatThrownBy(() -> without.session(control()))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        e -> assertThat(e.explanation().toString())
                                .contains("none was given")
                                .contains("NIGHTSHIFT_PASSWORD"));
    }

    @Test
    void an_unreachable_server_is_transient() {
        Login nobody = new Login(1, "migrator", "x", "shop");
        assertThatThrownBy(() -> sessions(nobody).session(control())).isInstanceOf(Transient.class);
    }

    @Test
    void an_unknown_host_is_transient() {
        PgSessions lost = new PgSessions(
                vertx, DatabaseUrl.parse("postgresql://migrator@nowhere.invalid:5432/shop"), Optional.of("x"));
        assertThatThrownBy(() -> lost.session(control()))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.explanation().what()).contains("no address"));
    }

    @Test
    void a_standby_is_permanent_when_no_host_is_a_primary() {
        assertThatThrownBy(
                        () -> sessions(cluster.standby("standby-a").migrator()).session(control()))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.explanation().what()).contains("standby"));
    }

    @Test
    void the_primary_is_found_among_several_hosts() {
        Login standby = cluster.standby("standby-a").migrator();
        String both =
                standby.url().replace("/shop", ",127.0.0.1:" + cluster.primary().port() + "/shop");
        try (PgSession session =
                new PgSessions(vertx, DatabaseUrl.parse(both), Optional.of(standby.password())).session(control())) {
            assertThat(session.run("SELECT pg_is_in_recovery()", PATIENCE)
                            .iterator()
                            .next()
                            .getBoolean(0))
                    .isFalse();
        }
    }

    @Test
    void a_missing_database_is_permanent() {
        assertThatThrownBy(() ->
                        sessions(cluster.primary().migrator().in("nowhere")).session(control()))
                .isInstanceOf(Permanent.class);
    }

    @Test
    void a_terminated_session_is_lost_and_says_so() {
        try (PgSession session = sessions(cluster.primary().migrator()).session(control())) {
            cluster.primary().superuser().truth("SELECT pg_terminate_backend(?, 5000)", session.pid());
            assertThatThrownBy(() -> session.run("SELECT 1", PATIENCE))
                    .satisfies(e -> assertThat(SqlStates.of(e)).isEqualTo(SqlState.CONNECTION_LOST));
            assertThat(session.isOpen()).isFalse();
        }
    }

    @Test
    void a_client_that_gives_up_leaves_no_statement_behind() {
        PgSession session =
                sessions(cluster.primary().migrator()).session(SessionSettings.patient("nightshift/patient"));
        assertThatThrownBy(() -> session.run("SELECT pg_sleep(600)", Duration.ofMillis(300)))
                .satisfies(e -> assertThat(SqlStates.of(e)).isEqualTo(SqlState.CONNECTION_LOST));
        dev.nightshift.sandbox.Await.until(
                "the backend has gone",
                Duration.ofSeconds(10),
                () -> cluster.primary()
                        .superuser()
                        .truth("SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = ?", session.pid()));
    }

    @Test
    void a_syntax_error_comes_out_with_its_sqlstate() {
        try (PgSession session = sessions(cluster.primary().migrator()).session(control())) {
            assertThatThrownBy(() -> session.run("SELEC", PATIENCE)).isInstanceOf(PgException.class);
        }
    }

    private static SessionSettings control() {
        return SessionSettings.control("nightshift/test");
    }

    private static PgSessions sessions(Login login) {
        return PgSessions.of(vertx, DatabaseUrl.parse(login.url()), Map.of("PGPASSWORD", login.password()));
    }
}
