package dev.nightshift.worker;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;

/** How the work on a step ended. */
public sealed interface StepOutcome {

    /** @param note what people may want to know; may be empty */
    record Done(String note) implements StepOutcome {}

    /** A person has to decide before it goes on. */
    record Asks(String question) implements StepOutcome {}

    record Failed(Failure failure) implements StepOutcome {

        public static Failed step(Explanation explanation) {
            return new Failed(new Failure(Failure.Kind.STEP, explanation));
        }
    }
}
