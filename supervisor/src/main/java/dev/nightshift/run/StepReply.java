package dev.nightshift.run;

/** What the supervisor tells a worker that waits for it at a step. */
public sealed interface StepReply {

    /** Not yet, and why. */
    record Waits(String why) implements StepReply {}

    /** It may go on; {@code note} says what came of it. */
    record Done(String note) implements StepReply {}

    /** The step has failed. */
    record Refused(Explanation why) implements StepReply {}
}
