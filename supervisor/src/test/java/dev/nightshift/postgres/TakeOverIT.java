package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepRecord;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has no cursor is fenced by the order of a take-over, and what nobody ends the server ends. */
class TakeOverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STEP = "- statement: {name: add, sql: \"ALTER TABLE public.t ADD COLUMN late int\"}";

    private final Stage stage = new Stage();
    private final RunId run = stage.run(STEP);
    private final Claim claim = stage.claim(run);

    @BeforeEach
    void table() {
        stage.migrator.execute("CREATE TABLE public.t (id int PRIMARY KEY)", "INSERT INTO public.t VALUES (1)");
        stage.permit(run, "1 hour");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void every_session_of_an_older_epoch_has_gone_when_the_claim_is_taken() throws SQLException {
        try (Connection frozen = stage.database.connect(claim.sessionName("statement"));
                Connection app = stage.database.connect("shop-api")) {
            Claim next = stage.claim(run);

            assertThat(next.epoch()).isEqualTo(claim.epoch() + 1);
            assertThat(sessionsOf(claim)).isZero();
            assertThatThrownBy(() -> frozen.createStatement().execute("ALTER TABLE public.t ADD COLUMN late int"))
                    .isInstanceOf(SQLException.class);
            assertThat(app.isValid(1)).isTrue();
        }
    }

    @Test
    void a_statement_that_holds_the_step_row_is_ended_by_the_take_over() throws SQLException {
        try (Connection frozen = stage.database.connect(claim.sessionName("statement"))) {
            frozen.setAutoCommit(false);
            assertThat(frozen.createStatement()
                            .executeQuery(attempt(claim).lockSql())
                            .next())
                    .isTrue();
            frozen.createStatement().execute("ALTER TABLE public.t ADD COLUMN late int");

            stage.claim(run);

            assertThat(sessionsOf(claim)).isZero();
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
            assertThat(hasLateColumn()).isFalse();
        }
    }

    @Test
    void a_new_session_of_an_older_epoch_ends_before_its_first_statement() {
        stage.claim(run);

        assertThatThrownBy(() -> new PgStatements(stage.sessions).tryOnce(step(), record(), attempt(claim)))
                .isInstanceOf(WorkEnded.class);
        assertThat(hasLateColumn()).isFalse();
    }

    @Test
    void a_session_keeps_quiet_when_the_epoch_is_its_own_and_the_token_is_not() {
        stage.migrator.update("UPDATE nightshift.claims SET token = gen_random_uuid() WHERE run_id = ?", run.text());

        assertThatThrownBy(() -> new PgStatements(stage.sessions).tryOnce(step(), record(), attempt(claim)))
                .isInstanceOf(WorkEnded.class);
        assertThat(hasLateColumn()).isFalse();
    }

    @Test
    void a_transaction_that_a_frozen_worker_left_open_is_ended_by_the_server() {
        try (PgSession frozen = stage.sessions.session(SessionSettings.patient(claim.sessionName("statement")))) {
            frozen.run("BEGIN", PATIENCE);
            frozen.run(attempt(claim).lockSql(), PATIENCE);
            frozen.run("LOCK TABLE public.t", PATIENCE);

            Await.until("its session has gone", PATIENCE, () -> sessionsOf(claim) == 0);

            stage.migrator.execute("UPDATE public.t SET id = 2");
        }
    }

    @Test
    void a_statement_of_a_killed_worker_is_ended_by_the_server() {
        PgSession killed = stage.sessions.session(SessionSettings.patient(claim.sessionName("statement")));
        RunningStatement.start(killed, "SELECT pg_sleep(3600) FROM public.t FOR UPDATE");
        Await.until("it runs", PATIENCE, () -> sessionsOf(claim) == 1 && active());

        killed.cut();

        Await.until("its session has gone", PATIENCE, () -> sessionsOf(claim) == 0);
        stage.migrator.execute("UPDATE public.t SET id = 2");
    }

    private boolean active() {
        return stage.migrator.truth(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = ? AND wait_event = 'PgSleep')",
                claim.sessionName("statement"));
    }

    private Attempt attempt(Claim under) {
        return new Attempt(under, Mandate.WORK, sentence -> {}, new Stop());
    }

    private StatementStep step() {
        return (StatementStep) stage.plan(STEP).steps().get(0);
    }

    private StepRecord record() {
        try (PgWorkJournal journal = new PgWorkJournal(stage.sessions, claim, Mandate.WORK)) {
            return journal.steps().get(0);
        }
    }

    private long sessionsOf(Claim epoch) {
        return stage.migrator.number(
                "SELECT count(*) FROM pg_stat_activity WHERE starts_with(application_name, ?)",
                "nightshift/" + run + "/" + epoch.epoch() + "/");
    }

    private boolean hasLateColumn() {
        return stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_attribute"
                + " WHERE attrelid = 'public.t'::regclass AND attname = 'late')");
    }
}
