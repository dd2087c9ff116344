package dev.nightshift.queue;

import dev.nightshift.run.RunId;

/**
 * What became of an order.
 *
 * @param run the one that was made, that was there before, or that has succeeded before
 * @param state its word now
 */
public record Receipt(Outcome outcome, RunId run, String planName, String planHash, String state) {

    /** Whether a run was made. */
    public enum Outcome {
        SUBMITTED,
        /** A run of the same text has not ended yet: it is the one that was wanted. */
        ALREADY,
        /** A run of the same text has succeeded: nothing was made, since nobody said why it should be done again. */
        SUCCEEDED
    }
}
