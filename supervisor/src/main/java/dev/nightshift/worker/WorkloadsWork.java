package dev.nightshift.worker;

import dev.nightshift.plan.WorkloadsStep;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import java.time.Duration;
import java.util.Optional;

/** Waits until the supervisor has stopped an application, or brought it back: a worker has no right to. */
final class WorkloadsWork implements StepWork<WorkloadsStep> {

    private static final Duration POLL = Duration.ofMillis(500);

    @Override
    public StepOutcome carryOut(WorkloadsStep step, StepRecord record, Workplace place) {
        place.pulse().now("waits for the supervisor to look after step " + step.name());
        while (true) {
            Optional<StepReply> reply = place.journal().reply(record.ordinal());
            if (reply.isPresent() && reply.get() instanceof StepReply.Done done) {
                return new StepOutcome.Done(done.note());
            } else if (reply.isPresent() && reply.get() instanceof StepReply.Refused refused) {
                return StepOutcome.Failed.step(refused.why());
            } else if (reply.isPresent() && reply.get() instanceof StepReply.Waits waits) {
                place.pulse().now(waits.why());
            }
            place.pause(POLL);
        }
    }
}
