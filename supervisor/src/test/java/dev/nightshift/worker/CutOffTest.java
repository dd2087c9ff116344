package dev.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.BatchLimits;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.TableName;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.StepRecord;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Walks.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends its session, or its server, each time it is sent must not be sent all night. */
@Timeout(60)
class CutOffTest {

    private static final Backoff AT_ONCE = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final StatementStep STATEMENT = new StatementStep("index", "VACUUM public.orders");
    private static final BackfillStep BACKFILL = new BackfillStep(
            "fill",
            TableName.parse("public.orders"),
            Map.of("n", "1"),
            Optional.of("n IS NULL"),
            dev.nightshift.plan.Walk.AUTO,
            BatchLimits.DEFAULT,
            false,
            false,
            false);

    private int sent;

    @Test
    void a_statement_that_is_cut_off_each_time_fails_and_says_by_what() {
        StepOutcome outcome = statement(Integer.MAX_VALUE);

        assertThat(sent).isEqualTo(StatementWork.MOST_CUT_OFFS);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.failure().explanation().what())
                                .contains("8 times", "the server went away"));
    }

    @Test
    void a_statement_that_is_cut_off_a_few_times_still_gets_through() {
        assertThat(statement(StatementWork.MOST_CUT_OFFS - 1)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void a_batch_that_loses_its_connection_each_time_fails_and_says_why() {
        Losing walk = new Losing(false);
        BatchLoop batches = new BatchLoop(BACKFILL, walk, PermittedJournal.place(Mandate.WORK));

        assertThatThrownBy(() -> batches.pass(walk.position()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("8 connections in a row", "the server went away");
        assertThat(walk.batches).isEqualTo(BatchLoop.MOST_LOST);
    }

    @Test
    void batches_that_lose_their_connection_and_get_on_all_the_same_go_on() {
        Losing walk = new Losing(true);
        BatchLoop batches = new BatchLoop(BACKFILL, walk, PermittedJournal.place(Mandate.WORK));

        assertThat(batches.pass(walk.position()).end().exhausted()).isTrue();
        assertThat(walk.batches).isGreaterThan(BatchLoop.MOST_LOST);
    }

    private StepOutcome statement(int cutOffs) {
        sent = 0;
        Statements statements = (step, record, attempt) -> {
            sent++;
            return sent <= cutOffs
                    ? new Statements.Result.CutOff("the server went away")
                    : new Statements.Result.Done("");
        };
        StepRecord record = new StepRecord(
                0,
                false,
                STATEMENT.name(),
                "statement",
                "cancel-only",
                StepRecord.State.RUNNING,
                OptionalLong.empty(),
                0,
                0,
                0,
                "",
                Optional.empty());
        return new StatementWork(statements, AT_ONCE).carryOut(STATEMENT, record, PermittedJournal.place(Mandate.WORK));
    }

    /** Loses its connection with each batch, which may have been committed or not. */
    private static final class Losing implements Walks.Walk {

        private final Deque<Integer> positions;
        private int batches;

        Losing(boolean getsOn) {
            positions = new ArrayDeque<>(getsOn ? List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) : List.of(0));
        }

        @Override
        public BatchResult batch(Position from, int rows, double walBytes) {
            batches++;
            if (positions.size() > 1) {
                positions.remove();
            }
            return new BatchResult.Lost("the server went away");
        }

        @Override
        public Position position() {
            int at = positions.element();
            return new Position("{\"after\": " + at + "}", at == 9, 0, 0);
        }

        @Override
        public String words() {
            return "a walk";
        }

        @Override
        public void reopen() {}

        @Override
        public OptionalLong estimate() {
            return OptionalLong.empty();
        }

        @Override
        public Walks.Tidying tidying() {
            return walBytes -> Optional.empty();
        }

        @Override
        public long countMatching() {
            return 0;
        }

        @Override
        public Position startSweep(Position from, int sweep, long found) {
            return from;
        }

        @Override
        public String analyze() {
            return "";
        }

        @Override
        public void close() {}
    }
}
