package dev.nightshift.worker;

import dev.nightshift.plan.HoldStep;
import dev.nightshift.run.StepRecord;

/** Asks a person to approve; the approval itself ends the step. */
final class HoldWork implements StepWork<HoldStep> {

    @Override
    public StepOutcome carryOut(HoldStep step, StepRecord record, Workplace place) {
        return new StepOutcome.Asks("step " + step.name() + " waits for an approval");
    }
}
