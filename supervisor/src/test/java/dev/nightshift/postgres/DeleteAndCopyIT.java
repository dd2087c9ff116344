package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Stop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other steps that go through a table: the same walks, another thing done to the rows. */
class DeleteAndCopyIT {

    private static final Stage STAGE = new Stage();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute(
                "DROP TABLE IF EXISTS public.t, public.copied, public.child CASCADE",
                "DROP FUNCTION IF EXISTS public.f CASCADE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "heap"})
    void deletes_what_matches_and_nothing_else_over_a_change_of_workers(String walk) {
        table(20_000);
        RunId run = STAGE.run("- delete: {name: old, table: public.t, where: \"id % 3 = 0\", walk: " + walk + "}");
        STAGE.permit(run, "1 hour", 100_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 300);
        worker.stop().ask(Stop.Reason.LEAVE);
        assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
        STAGE.migrator.execute("INSERT INTO public.t SELECT g FROM generate_series(30001, 30099) g");
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE id % 3 = 0"))
                .isZero();
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t")).isEqualTo(13_334 + 66);
        assertThat(STAGE.rows(run, 0)).isEqualTo(6_666 + 33);
        assertThat(STAGE.step(run, 0, "rows_total")).isEqualTo("6699");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "heap"})
    void copies_each_row_once_and_leaves_what_is_there_over_a_change_of_workers(String walk) {
        table(20_000);
        STAGE.migrator.execute(
                "CREATE TABLE public.copied (id bigint PRIMARY KEY, twice int NOT NULL)",
                "INSERT INTO public.copied VALUES (5, -1)");
        RunId run = STAGE.run("- copy: {name: over, from: public.t, table: public.copied, set: {id: id, twice: n * 2},"
                + " where: \"id <> 7\", walk: " + walk + "}");
        STAGE.permit(run, "1 hour", 200_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 300);
        worker.stop().ask(Stop.Reason.LEAVE);
        assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
        STAGE.migrator.execute("UPDATE public.t SET n = n WHERE id > 19000", "INSERT INTO public.t VALUES (-1, 4)");
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        assertThat(STAGE.migrator.number(
                        "SELECT count(*) FROM public.t JOIN public.copied USING (id) WHERE twice = n * 2"))
                .isEqualTo(19_999);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.copied")).isEqualTo(20_000);
        assertThat(STAGE.migrator.number("SELECT twice FROM public.copied WHERE id = 5"))
                .isEqualTo(-1);
        assertThat(STAGE.rows(run, 0)).isEqualTo(19_999);
    }

    @Test
    void a_partition_is_filled_from_the_table_that_it_replaces() {
        table(3_000);
        STAGE.migrator.execute(
                "CREATE TABLE public.copied (id int PRIMARY KEY, n int) PARTITION BY RANGE (id)",
                "CREATE TABLE public.copied_1 PARTITION OF public.copied FOR VALUES FROM (0) TO (1000)",
                "CREATE TABLE public.copied_2 PARTITION OF public.copied FOR VALUES FROM (1000) TO (9000)");
        RunId run = STAGE.run("- copy: {name: over, from: public.t, table: public.copied, set: {id: id, n: n}}");
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.copied")).isEqualTo(3_000);
    }

    @Test
    void nothing_is_written_without_a_permit() {
        table(1_000);
        RunId run = STAGE.run("- delete: {name: old, table: public.t, where: \"true\"}");
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitStep(run, 0, "pending");
        worker.stop().ask(Stop.Reason.LEAVE);
        assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t")).isEqualTo(1_000);
    }

    @Test
    void a_delete_names_what_hangs_on_the_rows() {
        table(10);
        STAGE.migrator.execute(
                "CREATE TABLE public.child (id int PRIMARY KEY, t_id int REFERENCES public.t ON DELETE CASCADE)",
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
                "CREATE TRIGGER gone AFTER DELETE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()",
                "CREATE TRIGGER kept AFTER UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()");
        String step = "- delete: {name: old, table: public.t, where: \"id > 1\"}";
        assertThat(problems(step))
                .containsExactly(
                        "each deleted row of public.t would fire gone",
                        "each deleted row would read all of public.child: no index begins with the columns of"
                                + " child_t_id_fkey",
                        "rows of public.child would be deleted with those that they refer to (child_t_id_fkey)");
        STAGE.migrator.execute("CREATE INDEX ON public.child (t_id)");
        assertThat(problems(step.replace("1\"}", "1\", triggers: fire}"))).isEmpty();
    }

    @Test
    void a_copy_needs_a_target_that_tells_its_rows_apart() {
        table(10);
        String step = "- copy: {name: over, from: public.t, table: public.copied, set: {id: id}}";
        assertThat(problems(step)).containsExactly("there is no table public.copied");
        STAGE.migrator.execute("CREATE TABLE public.copied (id int, other int UNIQUE)");
        assertThat(problems(step)).containsExactly("nothing tells which rows public.copied has already");
        STAGE.migrator.execute("ALTER TABLE public.copied ADD PRIMARY KEY (id)");
        assertThat(problems(step)).isEmpty();
        assertThat(problems(step.replace("id: id", "id: id, other: missing")))
                .singleElement()
                .asString()
                .contains("missing");
    }

    private static List<String> problems(String step) {
        WalkStep walk = (WalkStep) STAGE.plan(step).steps().get(0);
        try (PgSession session =
                STAGE.sessions.session(SessionSettings.reading("nightshift/test", Duration.ofSeconds(10)))) {
            return WalkInspection.of(session, walk).problems().stream()
                    .map(problem -> problem.what())
                    .toList();
        }
    }

    private static void table(int rows) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 3)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, " + rows + ") g");
    }
}
