package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Report;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Working;
import dev.nightshift.view.Intents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgIntentsIT {

    private final JournaledRun run = new JournaledRun();

    @BeforeEach
    void begin() {
        run.in(new Working());
        Patiently.done(
                "test",
                run.permits.grant(
                        JournaledRun.ID, OptionalLong.empty(), Instant.now().plusSeconds(60)));
    }

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_pause_is_stored_with_who_asked_and_ends_the_permit_at_once() {
        assertThat(permit()).isEqualTo("live");

        long number = ask(Intent.Kind.PAUSE, false);

        assertThat(permit()).isEqualTo("ended");
        Report report = Patiently.done("test", run.journal.report(JournaledRun.ID));
        assertThat(report.intents())
                .singleElement()
                .satisfies(intent -> assertThat(intent.id()).isEqualTo(number))
                .satisfies(intent -> assertThat(intent.by()).isEqualTo("ann@desk"))
                .satisfies(intent -> assertThat(intent.from()).isEqualTo("desk"))
                .satisfies(intent -> assertThat(intent.reason()).isEqualTo("deploy"));
    }

    @Test
    void a_supervisor_cannot_renew_the_permit_before_it_has_observed_the_pause() {
        ask(Intent.Kind.PAUSE, false);
        Patiently.done(
                "test",
                run.permits.grant(
                        JournaledRun.ID, OptionalLong.empty(), Instant.now().plusSeconds(60)));

        assertThat(permit()).isEqualTo("ended");
    }

    @Test
    void the_outcome_is_known_once_a_supervisor_has_observed_the_command() {
        long number = ask(Intent.Kind.RESUME, false);
        try (PgAccess access = run.access()) {
            assertThat(access.intents().outcome(number)).isEmpty();
            Intent intent = Patiently.done("test", run.journal.report(JournaledRun.ID))
                    .intents()
                    .get(0);
            Patiently.done("test", run.journal.observed(intent, "goes on"));
            assertThat(access.intents().outcome(number)).contains("goes on");
        }
    }

    @Test
    void stopping_the_work_ends_a_batch_in_flight_within_seconds_and_fences_what_comes_later() throws SQLException {
        ask(Intent.Kind.ABORT, false);
        try (Connection worker = run.database.connect("nightshift/7f3kmq/1/batch");
                Connection application = run.database.connect("shop");
                Statement batch = worker.createStatement();
                Statement reads = application.createStatement();
                PgAccess access = run.access()) {
            worker.setAutoCommit(false);
            assertThat(batch.executeUpdate("UPDATE nightshift.claims SET cursor = '{}' WHERE epoch = 0"))
                    .isEqualTo(1);
            long began = System.nanoTime();

            access.intents().stopWork(JournaledRun.ID, false);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
            assertThat(run.database.text("SELECT epoch FROM nightshift.claims")).isEqualTo("1");
            assertThat(run.database.text("SELECT revoked FROM nightshift.permits"))
                    .isEqualTo("true");
            assertThat(run.database.text("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE application_name LIKE 'nightshift/7f3kmq/%'"))
                    .isEqualTo("0");
            assertThat(reads.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void an_immediate_abort_ends_the_workers_sessions_though_nobody_supervises() throws SQLException {
        try (Connection worker = run.database.connect("nightshift/7f3kmq/1/batch");
                Statement batch = worker.createStatement()) {
            worker.setAutoCommit(false);
            batch.executeUpdate("UPDATE nightshift.claims SET cursor = '{}' WHERE epoch = 0");

            ask(Intent.Kind.ABORT, true);

            assertThatThrownBy(worker::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void an_immediate_abort_leaves_the_sessions_of_an_abort_plan_alone() throws SQLException {
        run.database.execute("UPDATE nightshift.runs SET state = 'aborting'");
        try (Connection worker = run.database.connect("nightshift/7f3kmq/2/work");
                Statement step = worker.createStatement()) {
            ask(Intent.Kind.ABORT, true);

            assertThat(step.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void what_an_alert_asks_for_is_read_back_as_the_alerts() {
        try (PgAccess access = run.access()) {
            Intents.Asked pause =
                    new Intents.Asked(JournaledRun.ID, Intent.Kind.PAUSE, false, "lag", "alert Lag (a1)", "10.0.0.1");
            access.intents().alert(pause, "alert/a1");
            access.intents().askOnce(pause, "api/a1");
            access.intents().ask(pause);
        }

        assertThat(Patiently.done("test", run.journal.report(JournaledRun.ID)).intents())
                .extracting(Intent::alert)
                .containsExactly(true, false, false);
    }

    @Test
    void a_key_that_was_used_asks_for_nothing_again() {
        try (PgAccess access = run.access()) {
            Intents.Asked pause =
                    new Intents.Asked(JournaledRun.ID, Intent.Kind.PAUSE, false, "deploy", "ann@api", "10.0.0.1");
            long first = access.intents().askOnce(pause, "api/ann/1");

            assertThat(access.intents().askOnce(pause, "api/ann/1")).isEqualTo(first);
            assertThat(access.intents().askOnce(pause, "api/ann/2")).isGreaterThan(first);
            assertThat(run.database.text("SELECT count(*) FROM nightshift.intents"))
                    .isEqualTo("2");
            assertThat(permit()).isEqualTo("ended");
            assertThat(access.chronicle().intentOf("api/ann/1"))
                    .hasValueSatisfying(intent -> assertThat(intent.number()).isEqualTo(first));
        }
    }

    @Test
    void stopping_the_work_twice_is_no_mistake() {
        try (PgAccess access = run.access()) {
            access.intents().stopWork(JournaledRun.ID, true);
            access.intents().stopWork(JournaledRun.ID, true);
        }

        assertThat(run.database.text("SELECT revoked FROM nightshift.permits")).isEqualTo("true");
    }

    private long ask(Intent.Kind kind, boolean immediate) {
        try (PgAccess access = run.access()) {
            return access.intents()
                    .ask(new Intents.Asked(JournaledRun.ID, kind, immediate, "deploy", "ann@desk", "desk"));
        }
    }

    private String permit() {
        return run.database.text("SELECT CASE WHEN valid_until > clock_timestamp() AND NOT revoked THEN 'live'"
                + " ELSE 'ended' END FROM nightshift.permits");
    }
}
