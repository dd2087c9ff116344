package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Stop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statement steps beside an application that is in the way. */
class StatementsIT {

    private static final Stage STAGE = new Stage();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BUILD =
            "- statement: {name: build, sql: \"CREATE INDEX CONCURRENTLY t_n ON public.t (n)\"}";

    @BeforeEach
    void table() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int)",
                "INSERT INTO public.t SELECT g, g FROM generate_series(1, 1000) g");
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE public.t CASCADE");
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void an_index_build_waits_for_a_long_writer_instead_of_failing_and_names_it() throws SQLException {
        RunId run = permitted(BUILD);
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = 0 WHERE id = 1");
            Stage.Hired worker = STAGE.hire(run);
            Await.until(
                    "it says whom it waits for",
                    PATIENCE,
                    () -> STAGE.activity(run).contains("shop-api"));
            // Longer than any lock timeout of ours: an impatient build would have failed by now.
            Await.until(
                    "it has waited three seconds",
                    PATIENCE,
                    () -> STAGE.migrator.truth(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND state ="
                                    + " 'active' AND query_start < clock_timestamp() - interval '3 seconds')"));
            app.commit();
            assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        }
        assertThat(valid()).isTrue();
    }

    @Test
    void an_invalid_index_that_an_earlier_build_left_is_built_anew() throws SQLException {
        STAGE.migrator.execute("CREATE INDEX t_n ON public.t (n)");
        STAGE.database.asSuperuser("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.t_n'::regclass");

        STAGE.worksUntilDone(permitted(BUILD));

        assertThat(valid()).isTrue();
    }

    @Test
    void a_build_that_is_asked_to_leave_is_cancelled_and_the_next_worker_builds_it_anew() throws SQLException {
        RunId run = permitted(BUILD);
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = 0 WHERE id = 1");
            Stage.Hired worker = STAGE.hire(run);
            Await.until("it waits", PATIENCE, () -> STAGE.activity(run).contains("shop-api"));
            worker.stop().ask(Stop.Reason.LEAVE);
            assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
            assertThat(STAGE.migrator.number("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%'"))
                    .isZero();
            app.commit();
        }
        STAGE.worksUntilDone(run);
        assertThat(valid()).isTrue();
    }

    @Test
    void a_short_statement_gives_way_to_the_application_and_is_tried_again() throws SQLException {
        RunId run = permitted("- statement: {name: add, sql: \"ALTER TABLE public.t ADD COLUMN m int\"}");
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("SELECT FROM public.t");
            Stage.Hired worker = STAGE.hire(run);
            Await.until(
                    "it gave way",
                    PATIENCE,
                    () -> STAGE.activity(run).startsWith("no lock at try ")
                            && STAGE.activity(run).contains("shop-api"));
            // Nobody waits behind us while we rest.
            STAGE.migrator.number("SELECT count(*) FROM public.t");
            app.commit();
            assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        }
    }

    @Test
    void a_statement_that_others_wait_for_is_cancelled_tried_again_and_the_history_names_them() throws SQLException {
        STAGE.migrator.execute(
                "CREATE TABLE public.drag (seconds float8)",
                "INSERT INTO public.drag VALUES (60)",
                "CREATE FUNCTION public.drag() RETURNS int LANGUAGE sql VOLATILE AS"
                        + " 'SELECT 1 FROM (SELECT pg_sleep(d.seconds) FROM public.drag d) x'");
        RunId run = permitted(
                "- statement: {name: add, sql: \"ALTER TABLE public.t ADD COLUMN m int DEFAULT public.drag()\"}");
        try (Connection app = STAGE.database.connect("shop-api")) {
            Stage.Hired worker = STAGE.hire(run);
            Await.until("it holds its lock", PATIENCE, () -> STAGE.migrator.truth(HOLDS_LOCK));
            long began = System.nanoTime();
            app.createStatement().execute("INSERT INTO public.t VALUES (0, 0)");
            System.out.println("shop-api waited " + (System.nanoTime() - began) / 1_000_000 + " ms for us");
            Await.until("it is told", PATIENCE, () -> STAGE.migrator.number(GAVE_WAY) > 0);
            STAGE.migrator.execute("UPDATE public.drag SET seconds = 0");

            assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        }
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE m = 1"))
                .isEqualTo(1001);
        STAGE.migrator.execute("ALTER TABLE public.t ALTER m DROP DEFAULT", "DROP FUNCTION public.drag");
    }

    private static final String HOLDS_LOCK = """
            SELECT EXISTS (SELECT FROM pg_locks l WHERE l.relation = 'public.t'::regclass
                AND l.mode = 'AccessExclusiveLock' AND l.granted)""";

    private static final String GAVE_WAY = """
            SELECT count(*) FROM nightshift.events
            WHERE kind = 'gave-way' AND subject = 'add' AND message LIKE '%, shop-api, which had waited %'""";

    private static RunId permitted(String step) {
        RunId run = STAGE.run(step);
        STAGE.permit(run, "1 hour");
        return run;
    }

    private static boolean valid() {
        return STAGE.migrator.truth("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('public.t_n')");
    }
}
