package dev.nightshift.worker;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.StepRecord;

/** Carries out single statements, each at most once as far as PostgreSQL can tell. */
public interface Statements {

    /**
     * One try: first it settles what an earlier one left behind, then it runs the statement unless it is already done.
     *
     * @throws WorkEnded when the claim was lost
     * @throws dev.nightshift.run.Permanent when the statement cannot work
     * @throws dev.nightshift.run.OutcomeUnknown when the catalog cannot tell whether an earlier try went through
     */
    Result tryOnce(StatementStep step, StepRecord record, Attempt attempt);

    /** How a try ended; in all but {@code Done} the statement has changed nothing. */
    sealed interface Result {

        record Done(String note) implements Result {}

        /** A lock was not to be had in time. */
        record Blocked(String by) implements Result {}

        /** Others waited for it, so it was cancelled. */
        record InTheWay(String of) implements Result {}

        /** No live permit. */
        record NotPermitted() implements Result {}

        /** The session ended, or the stop signal came; the next try finds out what became of it. */
        record CutOff(String why) implements Result {}
    }
}
