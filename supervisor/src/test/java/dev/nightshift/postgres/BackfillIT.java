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
import org.junit.jupiter.api.Test;

class BackfillIT {

    private static final Stage STAGE = new Stage();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.t CASCADE", "DROP FUNCTION IF EXISTS public.f CASCADE");
    }

    @Test
    void a_set_that_leaves_the_row_in_where_is_stopped_in_its_first_batch() {
        table("amount int, cents int", "g, NULL, NULL", 5000);
        RunId run = run(
                "- backfill: {name: fill, table: public.t, set: {cents: \"amount * 100\"}, where: \"cents IS NULL\","
                        + " walk: key}");
        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);
        assertThat(STAGE.step(run, 0, "detail #>> '{failure,what}'"))
                .contains("500 of 500 rows")
                .contains("such as the one with key 1");
        assertThat(STAGE.step(run, 0, "detail #>> '{failure,todo}'")).contains("IS NOT NULL");
        assertThat(STAGE.rows(run, 0)).isEqualTo(500);
    }

    @Test
    void a_trigger_that_sets_the_value_back_is_found_in_the_first_batch() {
        table("cents int", "g, NULL", 5000);
        STAGE.migrator.execute(
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.cents := NULL; RETURN NEW; END'",
                "CREATE TRIGGER back BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()");
        RunId run = run("- backfill: {name: fill, table: public.t, set: {cents: \"1\"}, where: \"cents IS NULL\","
                + " triggers: fire}");
        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);
        assertThat(STAGE.step(run, 0, "detail #>> '{failure,what}'")).contains("still match");
    }

    @Test
    void a_walk_ends_with_statistics_of_what_it_has_written() {
        table("cents int", "g, NULL", 2000);
        STAGE.migrator.execute("ALTER TABLE public.t SET (autovacuum_enabled = off)", "ANALYZE public.t");
        String share = "SELECT null_frac::text FROM pg_stats WHERE tablename = 't' AND attname = 'cents'";
        assertThat(STAGE.migrator.text(share)).isEqualTo("1");
        STAGE.worksUntilDone(
                run("- backfill: {name: fill, table: public.t, set: {cents: id}, where: \"cents IS NULL\"}"));
        assertThat(STAGE.migrator.text(share)).isEqualTo("0");
    }

    @Test
    void rows_that_others_write_meanwhile_are_found_by_a_sweep() {
        table("cents int", "g, NULL", 3000);
        RunId run = run("- backfill: {name: fill, table: public.t, set: {cents: id}, where: \"cents IS NULL\"}");
        STAGE.permit(run, "1 hour", 400_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 500);
        STAGE.migrator.execute(
                "INSERT INTO public.t SELECT g FROM generate_series(-9, 0) g", "INSERT INTO public.t VALUES (9999)");
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(STAGE.rows(run, 0)).isEqualTo(3011);
        assertThat(STAGE.step(run, 0, "rows_total")).isEqualTo("3011");
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE cents IS NULL"))
                .isZero();
    }

    @Test
    void rows_of_a_column_that_was_just_added_are_expected_by_a_sample() {
        table("note text NOT NULL DEFAULT repeat('x', 900)", "g", 20_000);
        STAGE.migrator.execute("ANALYZE public.t", "ALTER TABLE public.t ADD cents int");
        RunId run = run(
                "- backfill: {name: fill, table: public.t, set: {cents: id}, where: \"cents IS NULL AND id > 5000\"}");
        STAGE.permit(run, "1 hour");
        Stage.Hired worker = STAGE.hire(run);
        assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        assertThat(Long.parseLong(STAGE.step(run, 0, "rows_total"))).isBetween(12_000L, 18_000L);
    }

    @Test
    void sweeps_that_find_no_fewer_rows_ask_a_person_and_go_on_when_approved() {
        table("cents int", "g, NULL", 100);
        // Each updated row makes a new one that matches, as an old version of an application would.
        STAGE.migrator.execute(
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO public.t (id) SELECT max(id) + 1 FROM public.t; RETURN NULL; END'",
                "CREATE TRIGGER more AFTER UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()");
        RunId run = run("- backfill: {name: fill, table: public.t, set: {cents: id}, where: \"cents IS NULL\","
                + " triggers: fire}");
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitStep(run, 0, "asking");
        assertThat(STAGE.step(run, 0, "detail ->> 'note'"))
                .contains("something still writes rows")
                .contains("100 now");
        STAGE.migrator.execute("DROP TRIGGER more ON public.t");
        STAGE.migrator.execute("UPDATE nightshift.steps SET state = 'running'");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE cents IS NULL"))
                .isZero();
    }

    @Test
    void rows_that_are_left_after_the_last_sweep_are_a_question_too() {
        table("cents int", "g, NULL", 100);
        // Every second row makes a new one: each sweep finds half as many, and never none.
        STAGE.migrator.execute(
                "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.id % 2 = 0 THEN"
                        + " INSERT INTO public.t (id) SELECT max(id) + 1 FROM public.t; END IF; RETURN NULL; END'",
                "CREATE TRIGGER more AFTER UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()");
        RunId run = run("- backfill: {name: fill, table: public.t, set: {cents: id}, where: \"cents IS NULL\","
                + " triggers: fire}");
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitStep(run, 0, "asking");
        assertThat(STAGE.step(run, 0, "detail ->> 'note'")).contains("before the last of 3 sweeps");
        STAGE.migrator.execute("DROP TRIGGER more ON public.t");
        STAGE.migrator.execute("UPDATE nightshift.steps SET state = 'running'");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE cents IS NULL"))
                .isZero();
    }

    @Test
    void without_a_permit_nothing_is_written_and_with_a_new_one_it_goes_on() {
        table("n int NOT NULL DEFAULT 0", "g", 20000);
        RunId run = STAGE.run("- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}");
        STAGE.permit(run, "1 hour", 1_000_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        STAGE.permit(run, "-1 second");
        Await.until(
                "it waits", Duration.ofSeconds(10), () -> STAGE.activity(run).startsWith("waits for a permit"));
        String before = STAGE.migrator.text("SELECT pg_current_wal_insert_lsn()::text");
        long rows = STAGE.rows(run, 0);
        Await.until(
                "three heartbeats",
                Duration.ofSeconds(10),
                () -> STAGE.migrator.truth(
                        "SELECT count(*) > 0 FROM nightshift.heartbeats WHERE beat_at > clock_timestamp() - interval '0.3 s'"
                                + " AND pg_current_wal_insert_lsn() - ?::pg_lsn > 100",
                        before));
        assertThat(STAGE.rows(run, 0)).isEqualTo(rows);
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(20000);
    }

    @Test
    void a_pace_limits_the_wal_of_the_walk() {
        table("n int NOT NULL DEFAULT 0", "g", 20000);
        RunId run = STAGE.run("- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}");
        STAGE.permit(run, "1 hour", 500_000L);
        String before = STAGE.migrator.text("SELECT pg_current_wal_insert_lsn()::text");
        long begun = System.nanoTime();
        Stage.Hired worker = STAGE.hire(run);
        assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long wal = STAGE.migrator.number("SELECT pg_current_wal_insert_lsn() - ?::pg_lsn", before);
        assertThat(wal / seconds).isLessThan(650_000);
    }

    @Test
    void asked_to_leave_it_parks_between_two_batches_and_another_worker_goes_on() {
        table("n int NOT NULL DEFAULT 0", "g", 20000);
        RunId run = STAGE.run("- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}");
        STAGE.permit(run, "1 hour", 1_000_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        worker.stop().ask(Stop.Reason.LEAVE);
        assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
        assertThat(STAGE.rows(run, 0)).isLessThan(20000);
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(20000);
    }

    @Test
    void the_application_is_never_the_victim_of_a_deadlock_with_a_batch() throws SQLException {
        table("n int NOT NULL DEFAULT 0", "g", 1000);
        RunId run = STAGE.run("- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, stable-key: true}");
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            // The application holds a late row and then wants an early one, which the batch has by now.
            app.createStatement().execute("UPDATE public.t SET n = n WHERE id = 400");
            STAGE.permit(run, "1 hour");
            Stage.Hired worker = STAGE.hire(run);
            for (int tries = 0; tries < 3; tries++) {
                awaitLock();
                app.createStatement().execute("UPDATE public.t SET n = n WHERE id = 1");
                app.rollback();
                app.createStatement().execute("UPDATE public.t SET n = n WHERE id = " + (400 + tries));
            }
            app.rollback();
            assertThat(worker.left().exit()).isEqualTo(Exit.DONE);
        }
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 1"))
                .isEqualTo(1000);
        assertThat(STAGE.migrator.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }

    private static void awaitLock() {
        Await.until(
                "a batch waits or all is done",
                Duration.ofSeconds(20),
                () -> STAGE.migrator.truth(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE"
                                + " 'nightshift/%/batch') OR EXISTS (SELECT FROM nightshift.steps WHERE state = 'done')"));
    }

    private static void table(String columns, String values, int rows) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, " + columns + ")",
                "INSERT INTO public.t SELECT " + values + " FROM generate_series(1, " + rows + ") g");
    }

    private static RunId run(String step) {
        RunId run = STAGE.run(step);
        STAGE.permit(run, "1 hour");
        return run;
    }
}
