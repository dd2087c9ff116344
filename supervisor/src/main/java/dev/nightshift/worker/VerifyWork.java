package dev.nightshift.worker;

import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.StepRecord;

/** Puts the question of a verify step; everything but one row with true is a failed verification. */
final class VerifyWork implements StepWork<VerifyStep> {

    private final Verifications verifications;

    VerifyWork(Verifications verifications) {
        this.verifications = verifications;
    }

    @Override
    public StepOutcome carryOut(VerifyStep step, StepRecord record, Workplace place) {
        Stop own = place.pulse().watch();
        try {
            place.pulse().now("verifies " + step.name());
            Verifications.Answer answer = verifications.ask(step, place.attempt(own));
            return answer.holds() ? new StepOutcome.Done("true") : failed(step, answer.seen());
        } finally {
            place.pulse().forget(own);
        }
    }

    private static StepOutcome failed(VerifyStep step, String seen) {
        return new StepOutcome.Failed(new Failure(
                Failure.Kind.VERIFY,
                new Explanation(
                        "verification " + step.name() + " answered " + seen + " instead of true",
                        step.sql(),
                        "the steps before it are done; the abort plan follows",
                        "look at the rows, correct the plan or the data, and submit a new run")));
    }
}
