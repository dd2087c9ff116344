package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Walk;
import dev.nightshift.worker.WorkEnded;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exactly once, and nothing without claim and permit, for walks by the heap. */
class HeapWalkIT {

    private static final Stage STAGE = new Stage();
    private static final String STEP =
            "- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, where: \"n < 1\", walk: heap}";

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.t CASCADE", "DROP FUNCTION IF EXISTS public.f CASCADE");
    }

    @Test
    void every_row_is_done_once_and_most_stay_in_their_page() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0, note text", "g, 0, repeat('x', 60)", 20_000);
        long before = size();
        RunId run = run(STEP);
        STAGE.worksUntilDone(run);
        assertThat(STAGE.rows(run, 0)).isEqualTo(20_000);
        assertThat(once()).isEqualTo(20_000);
        assertThat((double) size() / before).isLessThan(1.25);
        assertThat(STAGE.activity(run)).doesNotContain("sweep");
    }

    @Test
    void whoever_keeps_rows_from_staying_in_their_page_is_named() throws SQLException {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0, note text", "g, 0, repeat('x', 60)", 20_000);
        RunId run = run(STEP);
        try (Connection report = STAGE.migrator.connect("nightly-report");
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM public.t");
            STAGE.permit(run, "1 hour", 300_000L);
            Stage.Hired worker = STAGE.hire(run);
            Await.until(
                    "the report is named",
                    Duration.ofSeconds(60),
                    () -> STAGE.activity(run).contains("nightly-report"));
            assertThat(STAGE.activity(run))
                    .containsPattern("HOT \\d+ % \\(dead rows kept by session \\d+ \\(nightly-report\\)\\)");
            worker.stop().ask(Stop.Reason.LEAVE);
            worker.left();
        }
    }

    @Test
    void a_table_without_any_key_is_walked() {
        table("id int, n int NOT NULL DEFAULT 0", "g, 0", 3_000);
        RunId run = run(STEP.replace(", walk: heap", ""));
        STAGE.worksUntilDone(run);
        assertThat(once()).isEqualTo(3_000);
    }

    @Test
    void a_stale_claim_a_stale_cursor_and_a_missing_permit_change_nothing() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 3_000);
        RunId run = run(STEP);
        Claim claim = STAGE.claim(run);
        try (Walk walk = walk(claim);
                Walk again = walk(claim)) {
            Position first = walk.position();
            again.position();
            BatchResult.Done done = (BatchResult.Done) walk.batch(first, 300, Stage.UNLIMITED);
            assertThat(once())
                    .isEqualTo(done.changed())
                    .isEqualTo(STAGE.rows(run, 0))
                    .isPositive();
            assertThat(again.batch(first, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.Moved.class);
            STAGE.permit(run, "-1 second");
            assertThat(walk.batch(done.position(), 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.NotPermitted.class);
            STAGE.permit(run, "1 hour");
            STAGE.migrator.execute("UPDATE nightshift.claims SET token = gen_random_uuid()");
            assertThatThrownBy(() -> walk.batch(done.position(), 300, Stage.UNLIMITED))
                    .isInstanceOf(WorkEnded.class);
            assertThat(once()).isEqualTo(done.changed());
        }
    }

    @Test
    void another_worker_goes_on_in_the_midst_of_a_range() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 20_000);
        RunId run = STAGE.run(STEP);
        STAGE.permit(run, "1 hour", 300_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        worker.stop().ask(Stop.Reason.LEAVE);
        assertThat(worker.left().exit()).isEqualTo(Exit.PARKED);
        assertThat(STAGE.rows(run, 0)).isLessThan(20_000);
        STAGE.permit(run, "1 hour");
        STAGE.worksUntilDone(run);
        assertThat(once()).isEqualTo(20_000).isEqualTo(STAGE.rows(run, 0));
    }

    @Test
    void a_table_that_is_rewritten_in_the_midst_is_begun_again() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 20_000);
        RunId run = STAGE.run(STEP);
        STAGE.permit(run, "1 hour", 300_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        STAGE.migrator.execute("VACUUM FULL public.t");
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(once()).isEqualTo(20_000).isEqualTo(STAGE.rows(run, 0));
    }

    @Test
    void locked_rows_are_left_out_and_come_with_a_sweep() throws SQLException {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 3_000);
        try (Connection app = STAGE.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("SELECT FROM public.t WHERE id % 100 = 0 FOR UPDATE");
            RunId run = run(STEP);
            Stage.Hired worker = STAGE.hire(run);
            STAGE.awaitRows(run, 0, 2_970);
            assertThat(once()).isEqualTo(2_970);
            app.rollback();
            assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
            assertThat(once()).isEqualTo(3_000).isEqualTo(STAGE.rows(run, 0));
        }
    }

    @Test
    void rows_that_the_application_moves_or_adds_are_found_by_a_sweep() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0, note text", "g, 0, repeat('x', 60)", 20_000);
        RunId run = STAGE.run(STEP);
        STAGE.permit(run, "1 hour", 500_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 500);
        STAGE.migrator.execute(
                "UPDATE public.t SET note = note || 'moved' WHERE id > 19000",
                "UPDATE public.t SET id = -id WHERE id BETWEEN 18000 AND 18500",
                "DELETE FROM public.t WHERE id BETWEEN 17000 AND 17009",
                "INSERT INTO public.t SELECT g, 0, 'new' FROM generate_series(30001, 30010) g");
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(once()).isEqualTo(20_000).isEqualTo(STAGE.migrator.number("SELECT count(*) FROM public.t"));
    }

    @Test
    void a_worker_that_comes_after_the_last_batch_still_looks_for_what_is_left() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 1_000);
        RunId run = run(STEP);
        Claim claim = STAGE.claim(run);
        try (Walk walk = walk(claim)) {
            Position position = walk.position();
            while (!position.exhausted()) {
                position = ((BatchResult.Done) walk.batch(position, 300, Stage.UNLIMITED)).position();
            }
        }
        STAGE.migrator.execute("INSERT INTO public.t VALUES (5000, 0)");
        try (Walk next = walk(claim)) {
            assertThat(next.position().exhausted()).isTrue();
            assertThat(next.countMatching()).isEqualTo(1);
        }
        STAGE.worksUntilDone(run);
        assertThat(once()).isEqualTo(1_001);
    }

    @Test
    void a_set_that_leaves_the_row_in_where_is_stopped_in_its_first_batch() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 0", "g, 0", 5_000);
        RunId run = run(STEP.replace("n + 1", "n + 0"));
        assertThat(STAGE.hire(run).left().exit()).isEqualTo(Exit.GIVEN_UP);
        assertThat(STAGE.step(run, 0, "detail #>> '{failure,what}'"))
                .contains("still match it, such as the one with key");
        assertThat(STAGE.rows(run, 0)).isLessThan(1_000);
    }

    @Test
    void partitions_and_children_are_walked_one_after_the_other() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int, n int NOT NULL DEFAULT 0, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (1000)",
                "CREATE TABLE public.\"T 2\" PARTITION OF public.t FOR VALUES FROM (1000) TO (2000)",
                "CREATE TABLE public.t_3 PARTITION OF public.t FOR VALUES FROM (2000) TO (9000)",
                "INSERT INTO public.t SELECT g FROM generate_series(0, 4999) g");
        RunId run = run(STEP.replace("n < 1", "t.n < 1"));
        STAGE.worksUntilDone(run);
        assertThat(once()).isEqualTo(5_000).isEqualTo(STAGE.rows(run, 0));
    }

    @Test
    void a_table_with_children_and_no_common_key_is_walked() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int, n int NOT NULL DEFAULT 0)",
                "CREATE TABLE public.t_child (more text) INHERITS (public.t)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, 500) g",
                "INSERT INTO public.t_child SELECT g, 0, 'x' FROM generate_series(1, 700) g");
        RunId run = run(STEP.replace(", walk: heap", ""));
        STAGE.worksUntilDone(run);
        assertThat(once()).isEqualTo(1_200).isEqualTo(STAGE.rows(run, 0));
    }

    @Test
    void a_partition_that_is_dropped_in_the_midst_is_left_behind() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int, n int NOT NULL DEFAULT 0, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (20000)",
                "CREATE TABLE public.t_2 PARTITION OF public.t FOR VALUES FROM (20000) TO (22000)",
                "INSERT INTO public.t SELECT g FROM generate_series(0, 21999) g");
        RunId run = STAGE.run(STEP);
        STAGE.permit(run, "1 hour", 300_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 1000);
        STAGE.migrator.execute("DROP TABLE public.t_1");
        STAGE.permit(run, "1 hour");
        assertThat(worker.left().exit()).as(() -> STAGE.steps(run)).isEqualTo(Exit.DONE);
        assertThat(once()).isEqualTo(2_000);
    }

    @Test
    void sparse_rows_are_done_in_few_batches() {
        table("id int PRIMARY KEY, n int NOT NULL DEFAULT 1", "g, CASE WHEN g % 5000 = 0 THEN 0 ELSE 1 END", 100_000);
        RunId run = run(STEP);
        STAGE.worksUntilDone(run);
        assertThat(STAGE.rows(run, 0)).isEqualTo(20);
        assertThat(STAGE.migrator.number("SELECT batches FROM nightshift.progress WHERE run_id = ?", run.text()))
                .isLessThan(20);
    }

    private static Walk walk(Claim claim) {
        return STAGE.walk((BackfillStep) STAGE.plan(STEP).steps().get(0), claim);
    }

    private static long once() {
        return STAGE.migrator.number("SELECT count(*) FROM public.t WHERE n = 1");
    }

    private static long size() {
        return STAGE.migrator.number("SELECT pg_relation_size('public.t')");
    }

    private static void table(String columns, String values, int rows) {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (" + columns + ")",
                "INSERT INTO public.t SELECT " + values + " FROM generate_series(1, " + rows + ") g");
    }

    private static RunId run(String step) {
        RunId run = STAGE.run(step);
        STAGE.permit(run, "1 hour");
        return run;
    }
}
