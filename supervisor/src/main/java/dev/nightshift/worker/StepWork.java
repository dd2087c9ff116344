package dev.nightshift.worker;

import dev.nightshift.plan.Step;
import dev.nightshift.run.StepRecord;

/** How one kind of step is carried out. */
interface StepWork<S extends Step> {

    /**
     * Goes on where an earlier attempt stopped.
     *
     * @throws WorkEnded when the stop signal came
     * @throws dev.nightshift.run.Trouble as the trouble says
     */
    StepOutcome carryOut(S step, StepRecord record, Workplace place);
}
