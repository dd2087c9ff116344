package dev.nightshift.worker;

import dev.nightshift.run.Claim;
import dev.nightshift.run.RunRecord;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything that the work on a step has around it.
 *
 * @param pulse the heartbeat that goes on beside the work
 * @param stop given when the work has to end
 * @param pacing of walks
 */
record Workplace(
        RunRecord run,
        Claim claim,
        Mandate mandate,
        WorkJournal journal,
        Pulse pulse,
        Stop stop,
        Pacing pacing,
        RandomGenerator random) {

    private static final Duration PERMIT_POLL = Duration.ofMillis(250);

    Attempt attempt() {
        return new Attempt(claim, mandate, pulse, stop);
    }

    /** An attempt that is also ended when nobody supervises it any more. */
    Attempt attempt(Stop own) {
        return new Attempt(claim, mandate, pulse, own);
    }

    /** Waits; ends the work when the stop signal comes. */
    void pause(Duration length) {
        if (stop.await(length)) {
            throw new WorkEnded(stop.reason().orElse(Stop.Reason.LEAVE));
        }
    }

    void endIfAsked() {
        pause(Duration.ZERO);
    }

    /** Returns when the work may write, without writing anything itself; at once for an abort plan. */
    Standing awaitPermit(String next) {
        while (true) {
            endIfAsked();
            Standing standing = journal.standing();
            if (!standing.ours()) {
                throw new WorkEnded(Stop.Reason.SUPERSEDED);
            }
            if (standing.permitted() || mandate == Mandate.ABORT) {
                return standing;
            }
            pulse.now("waits for a permit to " + next);
            pause(PERMIT_POLL);
        }
    }
}
