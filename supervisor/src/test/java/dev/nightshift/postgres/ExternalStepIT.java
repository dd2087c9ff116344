package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools of other people against a real server: psql, and shells that do what no tool should. */
@Timeout(120)
class ExternalStepIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SLEEP = "psql -X -c 'SELECT pg_sleep(601)'";
    private static final Stage STAGE = new Stage();

    @BeforeAll
    static void psql() {
        boolean there = Stream.of(String.valueOf(System.getenv("PATH")).split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
        if (!there) {
            System.out.println("skipped: no psql on this machine");
        }
        Assumptions.assumeTrue(there);
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @BeforeEach
    void table() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.made", "CREATE TABLE public.made (n int)");
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(sessions()).as("sessions").isZero();
        assertThat(processes()).as("processes").isZero();
    }

    private static RunId run(String script, String more) {
        RunId run = STAGE.run(
                "- external: {name: tool, directory: /tmp, command: [sh, -c, \"" + script + "\"]" + more + "}");
        STAGE.permit(run, "1 hour");
        return run;
    }

    private static String output(RunId run, String kind) {
        return STAGE.migrator.text(
                "SELECT coalesce(string_agg(message, E'\\n' ORDER BY id), '') FROM nightshift.events"
                        + " WHERE run_id = ? AND kind = ?",
                run.text(),
                kind);
    }

    private static void awaitSleep() {
        Await.until("it sleeps", PATIENCE, () -> sessions() > 0);
    }

    private static long sessions() {
        return STAGE.database
                .texts("SELECT pid::text FROM pg_stat_activity WHERE query LIKE '%pg_sleep(601%'"
                        + " AND pid <> pg_backend_pid()")
                .size();
    }

    private static long processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("pg_sleep(601"))
                .count();
    }

    private static void hold(RunId run) {
        STAGE.migrator.update(
                "UPDATE nightshift.runs SET state = 'holding', detail = '{\"holders\": [{\"kind\": \"GUARD\","
                        + " \"by\": \"replica-lag\", \"reason\": \"standby-a 7 s > 5 s\"}]}' WHERE id = ?",
                run.text());
        STAGE.permit(run, "-1 second");
    }

    @Test
    void its_sessions_bear_our_name_and_settings_and_what_it_prints_is_in_the_journal() {
        RunId run = run(
                "psql -X -At -c \\\"SELECT current_setting('application_name'), current_setting('lock_timeout'),"
                        + " current_setting('idle_in_transaction_session_timeout'), current_setting('work_mem')\\\"",
                ", lock-timeout: 700ms, environment: {PGOPTIONS: \"-c work_mem=5MB\"}");

        STAGE.worksUntilDone(run);

        assertThat(output(run, "output")).matches("nightshift/" + run + "/\\d+/external\\|700ms\\|1min\\|5MB");
        assertThat(STAGE.step(run, 0, "detail->>'note'")).startsWith("ended with exit status 0 after ");
        assertThat(STAGE.step(run, 0, "jsonb_exists(detail, 'sent')")).isEqualTo("false");
    }

    @Test
    void one_that_fails_is_not_tried_again_and_says_why_without_the_password() {
        RunId run = run(
                "echo again >>/dev/stdout; echo \\\"no $PGPASSWORD, $DATABASE_URL\\\"; exit 3", ", url: DATABASE_URL");

        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "state")).isEqualTo("failed");
        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'"))
                .contains("exit status 3")
                .contains("no •••, postgresql://migrator:•••@");
        assertThat(output(run, "output").lines()).containsOnlyOnce("again");
        assertThat(STAGE.migrator.number(
                        "SELECT count(*) FROM nightshift.events e WHERE e::text LIKE '%' || ? || '%'",
                        STAGE.migrator.password()))
                .isZero();
    }

    @Test
    void its_lock_waits_end_by_themselves() throws SQLException {
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("LOCK TABLE public.made IN ROW EXCLUSIVE MODE");
            RunId run = run("psql -X -v ON_ERROR_STOP=1 -c 'ALTER TABLE public.made ADD COLUMN m int'", "");

            assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);

            assertThat(output(run, "output")).contains("canceling statement due to lock timeout");
        }
    }

    @Test
    void a_guards_hold_cancels_it() {
        RunId run = run("psql -X -v ON_ERROR_STOP=1 -c 'INSERT INTO public.made SELECT 1 FROM pg_sleep(601)'", "");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        hold(run);

        assertThat(worker.left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "state")).isEqualTo("failed");
        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'"))
                .contains("stopped because the run is held: replica-lag, standby-a 7 s > 5 s")
                .contains("canceling statement due to user request");
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.made")).isZero();
    }

    @Test
    void one_that_may_go_on_is_not_touched_by_a_hold_but_ends_after_its_timeout() {
        RunId run = run(SLEEP, ", on-hold: go-on, timeout: 4s");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        hold(run);

        assertThat(worker.left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'"))
                .contains("it took longer than its `timeout` of 4 s");
    }

    @Test
    void one_that_connects_again_and_again_is_ended_and_the_question_says_how_to_look() {
        RunId run = run("trap '' TERM; while :; do " + SLEEP + "; done", ", timeout: 1s");

        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "state")).isEqualTo("unclear");
        assertThat(STAGE.step(run, 0, "detail->>'note'"))
                .contains("it is not known whether tool went through")
                .contains("look with what sh -c ")
                .contains("runbooks/external-tool.md");
    }

    @Test
    void a_question_of_the_plan_decides_instead() {
        RunId run = run(
                "psql -X -c 'INSERT INTO public.made VALUES (1)'; trap '' TERM; while :; do " + SLEEP + "; done",
                ", timeout: 1s, done-when: SELECT EXISTS (SELECT FROM public.made)");

        STAGE.worksUntilDone(run);
        RunId again = run("exit 1", ", done-when: SELECT EXISTS (SELECT FROM public.made)");
        STAGE.worksUntilDone(again);

        assertThat(STAGE.step(again, 0, "detail->>'note'")).isEqualTo("was already done");
    }

    @Test
    void held_back_it_starts_again_when_the_plan_can_tell_that_it_is_not_done() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.hang", "CREATE TABLE public.hang AS SELECT 1 AS id");
        RunId run = run(
                "psql -X -c 'SELECT pg_sleep(601) FROM public.hang' && psql -X -c 'INSERT INTO public.made VALUES (1)'",
                ", done-when: SELECT EXISTS (SELECT FROM public.made)");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        hold(run);
        Await.until("it stopped", PATIENCE, () -> output(run, "tool").contains("stopped because"));
        STAGE.migrator.execute("DELETE FROM public.hang");
        STAGE.migrator.update("UPDATE nightshift.runs SET state = 'working', detail = '{}' WHERE id = ?", run.text());
        STAGE.permit(run, "1 hour");

        assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        assertThat(output(run, "tool").lines().filter(line -> line.startsWith("started: ")))
                .hasSize(2);
    }

    @Test
    void a_session_under_another_name_is_known_by_its_connection() {
        RunId run = run("PGAPPNAME=other " + SLEEP, "");
        Stage.Hired worker = STAGE.hire(run);
        Await.until(
                "it is found", PATIENCE, () -> output(run, "tool").contains("other is the tool's by its connection"));
        assertThat(STAGE.step(run, 0, "jsonb_array_length(detail->'sessions')")).isEqualTo("1");
        hold(run);

        assertThat(worker.left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(output(run, "output")).contains("canceling statement due to user request");
    }

    @Test
    void a_stranger_of_the_same_role_is_named_and_left_alone() throws SQLException {
        RunId run = run(SLEEP, ", timeout: 4s");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        try (Connection stranger = STAGE.database.connect("stranger")) {
            Await.until(
                    "it is named",
                    PATIENCE,
                    () -> output(run, "tool").contains("stranger began after the tool and cannot be told"));
            assertThat(worker.left().exit()).isEqualTo(Exit.GIVEN_UP);
            assertThat(stranger.createStatement().execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void others_who_wait_for_its_lock_are_let_go() throws SQLException {
        RunId run =
                run("psql -X -v ON_ERROR_STOP=1 -c 'BEGIN' -c 'LOCK TABLE public.made' -c 'SELECT pg_sleep(601)'", "");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.createStatement().execute("SELECT count(*) FROM public.made");
        }

        assertThat(worker.left().exit()).isEqualTo(Exit.GIVEN_UP);
        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'"))
                .contains("others waited for it: session ")
                .contains("shop-api");
    }

    @Test
    void an_abort_ends_all_of_it_before_its_steps() {
        RunId run = run("trap '' TERM; while :; do PGAPPNAME=other " + SLEEP + "; done", "");
        Stage.Hired worker = STAGE.hire(run);
        Await.until("it is found", PATIENCE, () -> output(run, "tool").contains("by its connection"));
        STAGE.abort(run);

        assertThat(worker.left().exit()).isEqualTo(Exit.TRY_AGAIN);
        assertThat(STAGE.abortSteps(run, Duration.ofMinutes(1), "- verify: {name: any, sql: SELECT true}"))
                .isEmpty();
    }

    @Test
    void a_worker_that_is_asked_to_leave_stops_it_first() {
        RunId run = run("psql -X -v ON_ERROR_STOP=1 -c 'SELECT pg_sleep(601)'", "");
        Stage.Hired worker = STAGE.hire(run);
        awaitSleep();
        long asked = System.nanoTime();
        worker.stop().ask(Stop.Reason.LEAVE);
        worker.left();

        System.out.println("left after " + (System.nanoTime() - asked) / 1_000_000 + " ms");
        assertThat(STAGE.step(run, 0, "state")).isEqualTo("failed");
        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'")).contains("the worker was asked to leave");
    }

    @Test
    void whoever_finds_it_started_and_not_ended_asks_a_person() {
        RunId run = run("echo again", "");
        STAGE.migrator.update(
                "UPDATE nightshift.steps SET state = 'running', detail = '{\"sent\": {}}' WHERE run_id = ?",
                run.text());

        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "state")).isEqualTo("unclear");
        assertThat(output(run, "output")).isEmpty();
        STAGE.migrator.update("UPDATE nightshift.steps SET state = 'pending' WHERE run_id = ?", run.text());
        STAGE.worksUntilDone(run);
        assertThat(output(run, "output")).isEqualTo("again");
    }

    @Test
    void one_that_is_not_there_is_refused_before_it_starts() {
        RunId run = STAGE.run("- external: {name: tool, directory: /tmp, command: [no-such-tool]}");
        STAGE.permit(run, "1 hour");

        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);

        assertThat(STAGE.step(run, 0, "detail->'failure'->>'what'")).contains("there is no program no-such-tool in ");
    }
}
