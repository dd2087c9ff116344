package dev.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.StepRecord;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others have to wait for each time must not go on making them wait. */
@Timeout(60)
class InTheWayTest {

    private static final StatementStep STATEMENT =
            new StatementStep("add", "ALTER TABLE public.orders ADD COLUMN n int");

    private int sent;

    @Test
    void a_statement_that_others_waited_for_three_times_fails_and_names_them() {
        StepOutcome outcome = statement(Integer.MAX_VALUE);

        assertThat(sent).isEqualTo(3);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.failure().explanation().what())
                                .isEqualTo("others waited for it 3 times, last session 7 of app"));
    }

    @Test
    void a_statement_that_others_waited_for_twice_is_tried_again() {
        assertThat(statement(2)).isInstanceOf(StepOutcome.Done.class);
    }

    private StepOutcome statement(int times) {
        Statements statements = (step, record, attempt) -> {
            sent++;
            return sent <= times ? new Statements.Result.InTheWay("session 7 of app") : new Statements.Result.Done("");
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
        return new StatementWork(statements).carryOut(STATEMENT, record, PermittedJournal.place(Mandate.WORK));
    }
}
