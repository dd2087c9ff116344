package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Walks.Walk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backfill overwrites is kept by the batch that overwrites it: exactly that, of exactly those rows. */
class KeepOldIT {

    private static final Stage STAGE = new Stage();

    private static final String BY_KEY = "where: \"v < 1000000\", walk: key";
    private static final String BY_HEAP = "where: \"v < 1000000\", walk: heap";
    private static final String EVERY_ROW = "stable-key: true";
    private static final int ROWS = 6_000;

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.t, public.t_fill_old CASCADE");
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_KEY, BY_HEAP, EVERY_ROW})
    void beside_a_busy_application_and_over_a_change_of_workers(String how) {
        table(ROWS);
        RunId run = STAGE.run(fill(how));
        STAGE.permit(run, "1 hour", 1_000_000L);
        try (Increments app = Increments.start(STAGE, ROWS)) {
            Stage.Hired worker = STAGE.hire(run);
            STAGE.awaitRows(run, 0, ROWS / 4);
            worker.stop().ask(Stop.Reason.LEAVE);
            assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
            assertKeptAsChanged();
            app.await(500);
            STAGE.permit(run, "1 hour");
            STAGE.worksUntilDone(run);
            app.await(500);
        }
        assertKeptAsChanged();
        assertThat(number("SELECT count(*) FROM public.t WHERE v - inc = 1000000"))
                .isEqualTo(ROWS)
                .isEqualTo(number("SELECT count(*) FROM public.t_fill_old"))
                .isEqualTo(STAGE.rows(run, 0));
        assertThat(STAGE.step(run, 0, "detail ->> 'note'")).contains("public.t_fill_old");
    }

    /** The version that the statement's snapshot shows is not the one that is overwritten. */
    @ParameterizedTest
    @ValueSource(strings = {BY_KEY, EVERY_ROW})
    void a_row_that_changed_while_the_batch_waited_is_kept_as_it_became(String how) throws SQLException {
        table(300);
        RunId run = run(fill(how));
        try (Walk walk = walk(run, how)) {
            long waits = changeWhileItWaits(run, walk);
            assertThat(number("SELECT v FROM public.t_fill_old WHERE id = 100")).isEqualTo(waits);
            assertThat(number("SELECT count(*) FROM public.t_fill_old")).isEqualTo(300);
            assertKeptAsChanged();
        }
    }

    @Test
    void a_row_that_moved_while_a_heap_batch_waited_is_left_to_a_sweep_and_kept_by_it() throws SQLException {
        table(300);
        RunId run = run(fill(BY_HEAP));
        long waits;
        try (Walk walk = walk(run, BY_HEAP)) {
            waits = changeWhileItWaits(run, walk);
            assertKeptAsChanged();
        }
        STAGE.worksUntilDone(run);
        assertThat(number("SELECT v FROM public.t_fill_old WHERE id = 100")).isEqualTo(waits);
        assertThat(number("SELECT count(*) FROM public.t_fill_old"))
                .isEqualTo(300)
                .isEqualTo(STAGE.rows(run, 0));
        assertKeptAsChanged();
    }

    @Test
    void a_row_that_the_application_sets_back_is_kept_as_it_was_set() {
        table(ROWS);
        RunId run = STAGE.run(fill(BY_HEAP));
        STAGE.permit(run, "1 hour", 1_000_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        STAGE.migrator.execute("UPDATE public.t SET v = 7 WHERE id IN (SELECT id FROM public.t_fill_old LIMIT 10)");
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(STAGE.rows(run, 0)).isEqualTo(ROWS + 10);
        assertThat(number("SELECT count(*) FROM public.t_fill_old WHERE v = 7 AND v_new = 1000007"))
                .isEqualTo(10);
        assertThat(number("SELECT count(*) FROM public.t_fill_old")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_KEY, BY_HEAP})
    void columns_of_any_type_and_keys_of_several_columns_over_partitions(String how) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int, \"Key 2\" uuid, v int, j json, \"A b\" varchar(9)[], note text COLLATE \"C\","
                        + " PRIMARY KEY (id, \"Key 2\")) PARTITION BY RANGE (id)",
                "CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (1000)",
                "CREATE TABLE public.\"T 2\" PARTITION OF public.t FOR VALUES FROM (1000) TO (9000)",
                "INSERT INTO public.t SELECT g, gen_random_uuid(), g, NULL, ARRAY['x', NULL], 'n' || g"
                        + " FROM generate_series(0, 2999) g");
        RunId run = run("- backfill: {name: fill, table: public.t, keep-old: true, " + how
                + ", set: {v: \"v + 1000000\", j: \"json_build_object('v', t.v)\", '\"A b\"': \"ARRAY[note]\","
                + " note: \"NULL\"}}");
        STAGE.worksUntilDone(run);
        assertThat(number("SELECT count(*) FROM public.t_fill_old k JOIN public.t USING (id, \"Key 2\")"
                        + " WHERE k.v = id AND k.j IS NULL AND k.\"A b\" = ARRAY['x', NULL]::varchar[] AND k.note = 'n' || id"
                        + " AND t.v = k.v_new AND t.j::text = k.j_new::text AND t.\"A b\" = k.\"A b_new\""
                        + " AND t.note IS NULL AND k.note_new IS NULL"))
                .isEqualTo(3000);
        assertThat(STAGE.migrator.text("SELECT string_agg(format_type(atttypid, atttypmod), ' ' ORDER BY attnum)"
                        + " FROM pg_attribute WHERE attrelid = 'public.t_fill_old'::regclass AND attnum > 0"))
                .contains("integer uuid")
                .contains("character varying(9)[]");
        assertThat(STAGE.migrator.text("SELECT obj_description('public.t_fill_old'::regclass)"))
                .contains(run.text());
    }

    @Test
    void its_wal_is_that_of_the_batch() {
        table(300);
        RunId plain = run(fill(BY_KEY).replace(", keep-old: true", ""));
        long without = walOfOneBatch(plain, fill(BY_KEY).replace(", keep-old: true", ""));
        STAGE.migrator.execute("TRUNCATE public.t", "INSERT INTO public.t SELECT g FROM generate_series(1, 300) g");
        RunId keeping = run(fill(BY_KEY));
        assertThat(walOfOneBatch(keeping, fill(BY_KEY))).isGreaterThan(without + 300 * 100);
    }

    private static long walOfOneBatch(RunId run, String step) {
        try (Walk walk = STAGE.walk((BackfillStep) STAGE.plan(step).steps().get(0), STAGE.claim(run))) {
            walk.position();
            return ((BatchResult.Done) walk.batch(walk.position(), 300, Stage.UNLIMITED)).walBytes();
        }
    }

    @Test
    void a_table_that_an_attempt_made_before_it_ended_is_used_by_the_next() {
        table(300);
        RunId run = run(fill(BY_HEAP));
        try (Walk walk = walk(run, BY_HEAP)) {
            walk.position();
        }
        STAGE.migrator.execute("UPDATE nightshift.claims SET step = -1, cursor = '{}'");
        STAGE.worksUntilDone(run);
        assertThat(number("SELECT count(*) FROM public.t_fill_old")).isEqualTo(300);
    }

    @Test
    void without_a_permit_nothing_is_made() {
        table(300);
        RunId run = STAGE.run(fill(BY_HEAP));
        STAGE.permit(run, "-1 second");
        try (Walk walk = walk(run, BY_HEAP)) {
            assertThatThrownBy(walk::position).hasMessageContaining("there is no live permit");
        }
        assertThat(STAGE.migrator.truth("SELECT to_regclass('public.t_fill_old') IS NULL"))
                .isTrue();
    }

    /** Returns what the application wrote last into row 100, which the batch waited for. */
    private static long changeWhileItWaits(RunId run, Walk walk) throws SQLException {
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            for (int v = 500; ; v++) {
                app.createStatement().execute("UPDATE public.t SET v = " + v + ", note = 'moved' WHERE id = 100");
                CompletableFuture<BatchResult> batch = CompletableFuture.supplyAsync(() -> untilItWaits(walk));
                Await.until(
                        "the batch waits, or has given way",
                        Duration.ofSeconds(20),
                        () -> batch.isDone()
                                || STAGE.migrator.truth("SELECT EXISTS (SELECT FROM pg_stat_activity"
                                        + " WHERE wait_event_type = 'Lock' AND application_name LIKE 'nightshift/" + run
                                        + "/%/batch')"));
                app.commit();
                if (batch.join() instanceof BatchResult.Done) {
                    return v;
                }
            }
        }
    }

    /** Stripes before the one with the locked row are done on the way. */
    private static BatchResult untilItWaits(Walk walk) {
        while (number("SELECT count(*) FROM public.t WHERE id = 101 AND v >= 1000000") == 0) {
            BatchResult result = walk.batch(walk.position(), 300, Stage.UNLIMITED);
            if (!(result instanceof BatchResult.Done)) {
                return result;
            }
        }
        return new BatchResult.Done(walk.position(), 0, 0, 0, "", 0, OptionalLong.empty());
    }

    /** What was written was computed from what is kept. */
    private static void assertKeptAsChanged() {
        assertThat(number("SELECT count(*) FROM public.t_fill_old WHERE v_new <> v + 1000000"))
                .isZero();
        assertThat(number("SELECT count(*) FROM public.t WHERE (v >= 1000000)"
                        + " IS DISTINCT FROM EXISTS (SELECT FROM public.t_fill_old k WHERE k.id = t.id)"))
                .isZero();
    }

    private static Walk walk(RunId run, String how) {
        return STAGE.walk((BackfillStep) STAGE.plan(fill(how)).steps().get(0), STAGE.claim(run));
    }

    private static String fill(String how) {
        return "- backfill: {name: fill, table: public.t, set: {v: \"v + 1000000\"}, keep-old: true, " + how + "}";
    }

    private static long number(String sql) {
        return STAGE.migrator.number(sql);
    }

    private static void table(int rows) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, v int NOT NULL DEFAULT 0, inc int NOT NULL DEFAULT 0, note text)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, " + rows + ") g");
    }

    private static RunId run(String step) {
        RunId run = STAGE.run(step);
        STAGE.permit(run, "1 hour");
        return run;
    }
}
