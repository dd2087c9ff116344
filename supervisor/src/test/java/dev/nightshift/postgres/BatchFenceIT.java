package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Walk;
import dev.nightshift.worker.WorkEnded;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/adr/0001-one-statement-batches.md claims, with two real sessions for each claim. */
class BatchFenceIT {

    private static final String STEP =
            "- backfill: {name: count, table: public.t, set: {n: \"n + 1\"}, where: \"n < 1\", walk: key}";

    private final Stage stage = new Stage();
    private final RunId run = stage.run(STEP);
    private final Claim claim = claim();

    @BeforeEach
    void table() {
        stage.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT g FROM generate_series(1, 1000) g");
        stage.permit(run, "1 hour");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void rows_cursor_and_count_come_together() {
        try (Walk walk = walk(claim)) {
            BatchResult.Done done = (BatchResult.Done) walk.batch(walk.position(), 300, Stage.UNLIMITED);
            assertThat(done.changed()).isEqualTo(300);
            assertThat(done.walBytes()).isPositive();
            assertThat(changed()).isEqualTo(300);
            assertThat(stage.rows(run, 0)).isEqualTo(300);
            assertThat(walk.position()).isEqualTo(done.position());
        }
    }

    @Test
    void a_stale_epoch_changes_nothing() {
        try (Walk stale = walk(claim)) {
            Position position = stale.position();
            stage.migrator.update("UPDATE nightshift.claims SET epoch = epoch + 1 WHERE run_id = ?", run.text());
            assertThatThrownBy(() -> stale.batch(position, 300, Stage.UNLIMITED))
                    .isInstanceOf(WorkEnded.class);
            assertThat(changed()).isZero();
        }
    }

    @Test
    void an_epoch_that_was_given_out_twice_changes_nothing_without_its_token() {
        try (Walk stale = walk(claim)) {
            Position position = stale.position();
            stage.migrator.update(
                    "UPDATE nightshift.claims SET token = gen_random_uuid() WHERE run_id = ?", run.text());
            assertThatThrownBy(() -> stale.batch(position, 300, Stage.UNLIMITED))
                    .isInstanceOf(WorkEnded.class);
            assertThat(changed()).isZero();
        }
    }

    @Test
    void a_batch_that_is_sent_again_finds_the_cursor_moved() {
        try (Walk walk = walk(claim);
                Walk again = walk(claim)) {
            Position position = walk.position();
            assertThat(walk.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.Done.class);
            assertThat(again.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.Moved.class);
            assertThat(changed()).isEqualTo(300);
        }
    }

    @Test
    void a_claim_that_is_raised_while_the_batch_waits_for_its_row_wins() throws SQLException {
        try (Walk stale = walk(claim);
                Connection other = stage.database.connect("taking over")) {
            Position position = stale.position();
            other.setAutoCommit(false);
            other.createStatement().execute("UPDATE nightshift.claims SET epoch = epoch + 1");
            CompletableFuture<BatchResult> batch =
                    CompletableFuture.supplyAsync(() -> stale.batch(position, 300, Stage.UNLIMITED));
            awaitWaiting("batch");
            other.commit();
            assertThatThrownBy(batch::join).hasCauseInstanceOf(WorkEnded.class);
            assertThat(changed()).isZero();
        }
    }

    @Test
    void a_take_over_waits_for_the_batch_in_flight_and_nothing_comes_after_it() throws SQLException {
        try (Walk walk = walk(claim);
                Connection app = stage.database.connect("shop-api")) {
            Position position = walk.position();
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = n WHERE id = 1");
            CompletableFuture<BatchResult> batch =
                    CompletableFuture.supplyAsync(() -> walk.batch(position, 300, Stage.UNLIMITED));
            awaitWaiting("batch");
            CompletableFuture<Optional<Claim>> next =
                    CompletableFuture.supplyAsync(() -> new PgClaims(stage.sessions).take(run, Mandate.WORK));
            app.commit();
            assertThat(next.join()).isPresent();
            long atTakeOver = changed();
            assertThat(atTakeOver).isEqualTo(stage.rows(run, 0));
            batch.exceptionally(lost -> new BatchResult.Moved()).join();
            assertThat(changed()).isEqualTo(atTakeOver);
        }
    }

    @Test
    void two_backends_with_the_same_claim_do_a_batch_once() throws SQLException {
        try (Walk walk = walk(claim);
                Walk zombie = walk(claim);
                Connection app = stage.database.connect("shop-api")) {
            Position position = walk.position();
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = n WHERE id = 300");
            CompletableFuture<BatchResult> first =
                    CompletableFuture.supplyAsync(() -> zombie.batch(position, 300, Stage.UNLIMITED));
            awaitWaiting("batch");
            CompletableFuture<BatchResult> second =
                    CompletableFuture.supplyAsync(() -> walk.batch(position, 300, Stage.UNLIMITED));
            app.commit();
            first.join();
            second.join();
            assertThat(changed()).isEqualTo(stage.rows(run, 0)).isIn(0L, 300L);
            assertThat(stage.migrator.number("SELECT max(n) FROM public.t")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void nothing_is_written_without_a_live_permit() {
        try (Walk walk = walk(claim)) {
            Position position = walk.position();
            stage.permit(run, "-1 second");
            assertThat(walk.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.NotPermitted.class);
            stage.permit(run, "1 hour");
            stage.migrator.execute("UPDATE nightshift.permits SET revoked = true");
            assertThat(walk.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.NotPermitted.class);
            stage.migrator.execute("DELETE FROM nightshift.permits");
            assertThat(walk.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.NotPermitted.class);
            assertThat(changed()).isZero();
            assertThat(walk.position()).isEqualTo(position);
        }
    }

    @Test
    void a_row_that_left_where_while_the_batch_waited_is_neither_changed_nor_counted() throws SQLException {
        try (Walk walk = walk(claim);
                Connection app = stage.database.connect("shop-api")) {
            Position position = walk.position();
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = 7 WHERE id = 100");
            CompletableFuture<BatchResult> batch =
                    CompletableFuture.supplyAsync(() -> walk.batch(position, 300, Stage.UNLIMITED));
            awaitWaiting("batch");
            app.commit();
            assertThat(batch.join())
                    .isInstanceOfSatisfying(
                            BatchResult.Done.class,
                            done -> assertThat(done.changed()).isEqualTo(299));
            assertThat(stage.migrator.number("SELECT n FROM public.t WHERE id = 100"))
                    .isEqualTo(7);
        }
    }

    @Test
    void a_locked_row_makes_the_batch_give_way_and_names_the_session_at_the_second_time() throws SQLException {
        try (Walk walk = walk(claim);
                Connection app = stage.database.connect("shop-api")) {
            Position position = walk.position();
            app.setAutoCommit(false);
            app.createStatement().execute("UPDATE public.t SET n = n WHERE id = 100");
            assertThat(walk.batch(position, 300, Stage.UNLIMITED)).isInstanceOf(BatchResult.GaveWay.class);
            assertThat(walk.batch(position, 150, Stage.UNLIMITED))
                    .isInstanceOfSatisfying(
                            BatchResult.GaveWay.class,
                            way -> assertThat(way.to()).contains("shop-api"));
            assertThat(walk.batch(position, 99, Stage.UNLIMITED)).isInstanceOf(BatchResult.Done.class);
        }
    }

    @Test
    void a_batch_reads_as_many_rows_as_it_was_given_whatever_is_left_of_the_table() {
        stage.migrator.execute(
                "CREATE TABLE public.big (a int, b int, n int NOT NULL DEFAULT 0, PRIMARY KEY (a, b))",
                "INSERT INTO public.big SELECT g % 7, g, 1 FROM generate_series(1, 200000) g");
        String step = "- backfill: {name: c, table: public.big, set: {n: \"n + 1\"}, where: \"n < 1\", walk: key}";
        RunId other = stage.run(step);
        stage.permit(other, "1 hour");
        try (Walk walk = stage.walk(step(step), stage.claim(other))) {
            Position position = walk.position();
            long before = read();
            for (int i = 0; i < 20; i++) {
                position = ((BatchResult.Done) walk.batch(position, 100, Stage.UNLIMITED)).position();
            }
            assertThat(read() - before).isLessThan(20 * 100 * 4);
        }
    }

    private long read() {
        stage.migrator.execute("SELECT pg_stat_force_next_flush()");
        return stage.migrator.number("SELECT coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0)"
                + " FROM pg_stat_user_tables WHERE relname = 'big'");
    }

    private Claim claim() {
        return stage.claim(run);
    }

    private Walk walk(Claim under) {
        return stage.walk(step(STEP), under);
    }

    private BackfillStep step(String line) {
        return (BackfillStep) stage.plan(line).steps().get(0);
    }

    private long changed() {
        return stage.migrator.number("SELECT count(*) FROM public.t WHERE n = 1");
    }

    private void awaitWaiting(String role) {
        Await.until(
                "the " + role + " waits for a lock",
                Duration.ofSeconds(5),
                () -> stage.migrator.truth(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = ?)",
                        "nightshift/" + run + "/" + claim.epoch() + "/" + role));
    }
}
