package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and windows decide about a run while it is under way. */
class DecisionsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROWS = 3000;

    /** Each row counts how often it was visited; each batch waits as long as table drag says. */
    private static final String FILL = "  - backfill: {name: fill, table: public.t, set: {visits: \"visits + 1"
            + " + (SELECT count(pg_sleep(seconds)) * 0 FROM public.drag)\"}, stable-key: true, batch: {rows: 20}}\n";

    private static final String HOLD = "  - hold: {name: ask, until: approved}\n";

    private static final String DETACH = "ALTER TABLE public.parts DETACH PARTITION public.part";

    /** A build that fails in its transaction leaves nothing, which is what the test is about. */
    private static final String WAIVERS = """
            waive:
              - {id: IDX-CREATE-NONCONCURRENT, reason: nobody else is here, until: 2099-12-31}
              - {id: IDX-DROP-NONCONCURRENT, reason: nobody else is here, until: 2099-12-31}
            """;

    @TempDir
    private Path directory = Path.of("");

    private Night night;

    @BeforeEach
    void start() {
        night = Night.start(directory, 100, ClusterSettings.primaryOnly());
        night.primary()
                .execute(
                        "CREATE TABLE public.t (id int PRIMARY KEY, visits bigint NOT NULL DEFAULT 0)",
                        "INSERT INTO public.t SELECT g FROM generate_series(1, " + ROWS + ") g",
                        "CREATE TABLE public.parts (n int) PARTITION BY LIST (n)",
                        "CREATE TABLE public.part PARTITION OF public.parts FOR VALUES IN (1)",
                        "CREATE TABLE public.drag AS SELECT 0::float8 AS seconds");
    }

    @AfterEach
    void stop() {
        night.close();
    }

    @Test
    void a_hold_step_waits_for_an_approval_and_says_what_it_waits_for() {
        Nightshift run = run("", FILL + HOLD, "");
        await(run, "holding");
        assertThat(command("status").output()).contains("step ask", "nightshift approve");

        Nightshift approved = command("approve", "--reason", "looked at it");

        assertThat(approved.output()).contains("approved");
        succeeds(run);
        assertThat(night.ask("SELECT message FROM nightshift.events WHERE kind = 'approved'"))
                .startsWith("by ");
        assertThat(command("approve", "--reason", "again").awaitExit(PATIENCE)).isEqualTo(11);
    }

    @Test
    void an_approval_takes_the_run_over_when_its_supervisor_is_gone() {
        Nightshift run = run("", HOLD + FILL, "");
        await(run, "holding");
        run.kill();

        Nightshift approving = night.nightshift("approve", "--reason", "looked at it");

        succeeds(approving);
    }

    @Test
    void a_failed_run_goes_on_from_where_it_was_after_a_retry() {
        Nightshift run = run(
                "",
                FILL + "  - statement: {name: index, sql: \"CREATE INDEX t_note ON public.t (note)\"}\n",
                "abort:\n  - statement: {name: undo, sql: \"DROP INDEX IF EXISTS public.t_note\"}\n" + WAIVERS);
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(12);
        assertThat(run.output()).contains("\"note\" does not exist", "nightshift retry");
        assertThat(
                        night.ask(
                                "SELECT string_agg(subject, ' ' ORDER BY subject) FROM nightshift.events WHERE kind = 'waived'"))
                .isEqualTo("IDX-CREATE-NONCONCURRENT IDX-DROP-NONCONCURRENT");
        night.primary().execute("ALTER TABLE public.t ADD COLUMN note text");

        Nightshift retry = night.nightshift("retry", "--reason", "added the column");

        succeeds(retry);
        assertThat(night.count("SELECT count(*) FROM pg_index WHERE indexrelid = 'public.t_note'::regclass"))
                .isOne();
    }

    @Test
    void an_unclear_run_goes_on_when_a_person_says_that_it_may() throws SQLException {
        Nightshift run = becomesUnclear();
        assertThat(run.output()).contains("the statement may or may not have gone through");
        night.primary()
                .execute(
                        DETACH + " FINALIZE",
                        "ALTER TABLE public.parts ATTACH PARTITION public.part FOR VALUES IN (1)");

        succeeds(night.nightshift("retry", "--reason", "put back as it was"));
    }

    @Test
    void an_unclear_run_is_aborted_when_a_person_wants_it() throws SQLException {
        becomesUnclear();

        Nightshift abort = night.nightshift("abort", "--reason", "not tonight");

        assertThat(abort.awaitExit(PATIENCE)).as(abort.output()).isEqualTo(6);
        assertThat(night.state()).isEqualTo("aborted");
        assertThat(night.ask("SELECT count(*) FROM information_schema.columns WHERE column_name = 'undone'"))
                .isEqualTo("1");
    }

    /** Windows are minutes long, so this takes some. */
    @Test
    @Tag("faults")
    void a_run_parks_when_its_window_closes_and_a_resume_goes_on_when_it_opens() {
        // Longer than the window, also where it opens with the run.
        drag(0.6);
        Nightshift run = run(window(), FILL, "");
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(8);
        assertThat(night.state()).isEqualTo("parked");
        long parked = night.count("SELECT sum(visits) FROM public.t");
        assertThat(parked).isBetween(1L, ROWS - 1L);
        drag(0);

        succeeds(night.nightshift("resume", "--reason", "the next night"));
    }

    /** Killed while a statement runs that no transaction and no catalog tells the outcome of. */
    private Nightshift becomesUnclear() throws SQLException {
        Nightshift run;
        try (Connection app = night.primary().superuser().connect()) {
            app.setAutoCommit(false);
            app.createStatement().execute("LOCK TABLE public.parts IN ACCESS SHARE MODE");
            run = run(
                    "",
                    FILL + "  - statement: {name: detach, sql: \"" + DETACH + " CONCURRENTLY\"}\n",
                    "abort:\n  - statement: {name: undo, sql: \"ALTER TABLE public.t ADD COLUMN undone int\"}\n");
            Night.await(
                    "the statement is sent",
                    () -> night.count(
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE%CONCURRENTLY'"
                                            + " AND wait_event_type = 'Lock'")
                            == 1);
            run.worker().orElseThrow().destroyForcibly();
            await(run, "unclear");
        }
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(13);
        return run;
    }

    /** Open until the end of this minute or, where that is near, through the next; then closed for a minute. */
    private static String window() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        int first = now.getSecond() <= 40 ? now.getMinute() : now.getMinute() + 1;
        return "window: {opens: \"" + first % 60 + "," + (first + 2) % 60 + " * * * *\", lasts: 1m, zone: UTC}\n";
    }

    private Nightshift run(String window, String steps, String abort) {
        return night.nightshift(
                "run",
                night.plan("nightshift: 1\nname: decisions\ndatabase: {url: \"%URL%\"}\nreplicas: none\nbackup: none\n"
                                + window + "steps:\n" + steps + abort)
                        .toString());
    }

    private void await(Nightshift run, String state) {
        Night.await(state, () -> night.state().equals(state) || !run.isAlive());
        assertThat(night.state()).as(run.output()).isEqualTo(state);
    }

    private Nightshift command(String... arguments) {
        Nightshift command = night.nightshift(arguments);
        command.awaitExit(PATIENCE);
        return command;
    }

    private void drag(double seconds) {
        night.primary().execute("UPDATE public.drag SET seconds = " + seconds);
    }

    private void succeeds(Nightshift run) {
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
        assertThat(night.state()).isEqualTo("succeeded");
        assertThat(Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "nightshift-" + night.ask("SELECT id FROM nightshift.runs") + "-worker.log"))
                .doesNotExist();
        assertThat(night.count("SELECT count(*) FROM public.t WHERE visits = 1"))
                .isEqualTo(ROWS);
    }
}
