package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbortStepsIT {

    private static final String[] PLAN = {
        "- backfill: {name: fill, table: public.t, set: {b: a}, where: \"b IS NULL\"}",
        "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY t_b ON public.t (b)\"}",
        "abort:",
        "- statement: {name: empty, sql: \"ALTER TABLE public.t DROP COLUMN b\"}",
        "- backfill: {name: undo, table: public.t, set: {a: \"a - 1\"}, stable-key: true}",
    };

    private final Stage stage = new Stage();

    @BeforeEach
    void table() {
        stage.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, a int NOT NULL, b int)",
                "INSERT INTO public.t SELECT g, g FROM generate_series(1, 1000) g");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void the_abort_steps_run_without_a_permit_and_are_not_repeated() {
        RunId run = stage.run(PLAN);
        stage.abort(run);
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN)).isEmpty();
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN)).isEmpty();
        assertThat(stage.migrator.number("SELECT count(*) FROM public.t WHERE a = id - 1"))
                .isEqualTo(1000);
        assertThat(stage.step(run, 2, "state") + stage.step(run, 3, "state")).isEqualTo("donedone");
    }

    @Test
    void what_undoes_a_step_that_was_rolled_back_is_passed_over() {
        String[] plan = {
            "- statement: {name: make, sql: \"ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0)\"}",
            "abort:",
            "- statement: {name: undo, sql: \"ALTER TABLE public.t DROP CONSTRAINT c\", undoes: make}",
        };
        stage.migrator.execute("ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > -1)");
        RunId run = stage.run(plan);
        stage.permit(run, "1 hour");
        stage.hire(run).left();
        assertThat(stage.step(run, 0, "state")).isEqualTo("failed");
        stage.abort(run);

        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), plan)).isEmpty();

        assertThat(stage.step(run, 1, "state")).isEqualTo("done");
        assertThat(stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = 'c')"))
                .isTrue();
    }

    @Test
    void what_undoes_a_step_that_never_began_is_passed_over() {
        String[] plan = {
            "- statement: {name: first, sql: SELECT 1}",
            "- statement: {name: ready, sql: \"DO 'BEGIN RAISE EXCEPTION $$not ready$$; END'\"}",
            "- statement: {name: make, sql: \"ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0)\"}",
            "abort:",
            "- statement: {name: undo, sql: \"ALTER TABLE public.t DROP CONSTRAINT c\", undoes: make}",
            "- statement: {name: also, sql: \"ALTER TABLE public.t DROP COLUMN b\", undoes: first}",
        };
        stage.migrator.execute("ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > -1)");
        RunId run = stage.run(plan);
        stage.permit(run, "1 hour");
        stage.hire(run).left();
        assertThat(stage.step(run, 0, "state") + " " + stage.step(run, 1, "state") + " " + stage.step(run, 2, "state"))
                .isEqualTo("done failed pending");
        stage.abort(run);

        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), plan)).isEmpty();

        assertThat(stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = 'c')"))
                .isTrue();
        assertThat(stage.step(run, 3, "state") + " " + stage.step(run, 4, "state"))
                .isEqualTo("done done");
        assertThat(stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_attribute WHERE attname = 'b' AND attrelid ="
                        + " 'public.t'::regclass)"))
                .isFalse();
    }

    @Test
    void an_abort_that_was_not_asked_for_does_nothing() {
        RunId run = stage.run(PLAN);
        assertThatThrownBy(() -> stage.abortSteps(run, Duration.ofMinutes(1), PLAN))
                .isInstanceOf(Transient.class);
        assertThat(stage.step(run, 2, "state")).isEqualTo("pending");
    }

    @Test
    void a_blocked_abort_step_names_who_is_in_the_way_and_the_sql_that_is_left() throws SQLException {
        RunId run = stage.run(PLAN);
        stage.abort(run);
        try (Connection app = stage.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("SELECT FROM public.t");
            List<String> left = stage.abortSteps(run, Duration.ofSeconds(5), PLAN);
            assertThat(left).hasSize(2);
            assertThat(left.get(0))
                    .startsWith("ALTER TABLE public.t DROP COLUMN b; -- empty:")
                    .contains("shop-api");
            assertThat(left.get(1)).startsWith("UPDATE public.t SET a = (a - 1);");
        }
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN)).isEmpty();
    }

    @Test
    void an_invalid_index_of_the_run_is_dropped_and_those_from_before_stay() throws SQLException {
        stage.migrator.execute("CREATE INDEX before ON public.t (a)");
        stage.database.asSuperuser("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'before'::regclass");
        String[] plan = {
            "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY t_b ON public.t (b)\"}",
            "- statement: {name: again, sql: \"REINDEX INDEX CONCURRENTLY public.t_b\"}",
        };
        RunId run = stage.run(plan);
        stage.permit(run, "1 hour");
        try (Connection app = stage.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET a = a WHERE id = 1");
            Stage.Hired worker = stage.hire(run);
            Await.until(
                    "the build waits",
                    Duration.ofSeconds(20),
                    () -> stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid"
                            + " AND indexrelid = to_regclass('public.t_b'))"));
            stage.abort(run);
            worker.left();
        }
        assertThat(stage.migrator.truth("SELECT to_regclass('public.t_b') IS NOT NULL"))
                .isTrue();

        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), plan)).isEmpty();

        assertThat(stage.migrator.truth("SELECT to_regclass('public.t_b') IS NULL"))
                .isTrue();
        assertThat(stage.migrator.truth("SELECT to_regclass('public.before') IS NOT NULL"))
                .isTrue();
    }

    @Test
    void a_retry_of_an_incomplete_abort_takes_up_a_step_whose_outcome_was_not_known() {
        RunId run = stage.run(PLAN);
        stage.abort(run);
        stage.migrator.update(
                "UPDATE nightshift.steps SET state = 'unclear', started_at = clock_timestamp()"
                        + " WHERE run_id = ? AND name = 'empty'",
                run.text());
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN))
                .first()
                .asString()
                .endsWith("it is not known whether it went through");

        stage.reopen(run, false);
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN)).isNotEmpty();
        stage.reopen(run, true);
        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), PLAN)).isEmpty();
    }

    @Test
    void what_undoes_a_step_that_left_something_is_carried_out_although_a_retry_has_put_the_step_back() {
        String[] plan = {
            "- statement: {name: make, sql: \"CREATE UNIQUE INDEX CONCURRENTLY t_u ON public.t ((a > 0))\"}",
            "abort:",
            "- statement: {name: undo, sql: \"ALTER TABLE public.t DROP COLUMN b\", undoes: make}",
        };
        RunId run = stage.run(plan);
        stage.permit(run, "1 hour");
        stage.hire(run).left();
        assertThat(stage.step(run, 0, "state")).isEqualTo("failed");
        stage.reopen(run, false);
        assertThat(stage.step(run, 0, "state")).isEqualTo("pending");
        stage.abort(run);

        assertThat(stage.abortSteps(run, Duration.ofMinutes(1), plan)).isEmpty();
        assertThat(stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_attribute WHERE attname = 'b' AND attrelid ="
                        + " 'public.t'::regclass)"))
                .isFalse();
    }
}
