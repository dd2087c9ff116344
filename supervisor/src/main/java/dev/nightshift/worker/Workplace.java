package dev.nightshift.worker;

import dev.nightshift.run.Claim;
import dev.nightshift.run.RunRecord;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything that the work on a step has around it.
 *
 * @param step the ordinal of the step that is being worked on; below 0 before the first one
 * @param pulse the heartbeat that goes on beside the work
 * @param stop given when the work has to end
 * @param pacing of walks
 */
record Workplace(
        RunRecord run,
        Claim claim,
        Mandate mandate,
        int step,
        WorkJournal journal,
        Pulse pulse,
        Stop stop,
        Pacing pacing,
        RandomGenerator random) {

    private static final Duration PERMIT_POLL = Duration.ofMillis(250);

    Workplace(
            RunRecord run,
            Claim claim,
            Mandate mandate,
            WorkJournal journal,
            Pulse pulse,
            Stop stop,
            Pacing pacing,
            RandomGenerator random) {
        this(run, claim, mandate, -1, journal, pulse, stop, pacing, random);
    }

    /** The same place, to work on that step. */
    Workplace at(int ordinal) {
        return new Workplace(run, claim, mandate, ordinal, journal, pulse, stop, pacing, random);
    }

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

    /** Returns when the work on this step may begin or go on, without writing anything itself; at once for an abort plan. */
    Standing awaitPermit(String next) {
        while (true) {
            endIfAsked();
            Standing standing = journal.standing();
            if (!standing.ours()) {
                throw new WorkEnded(Stop.Reason.SUPERSEDED);
            }
            if (standing.permits(step) || mandate == Mandate.ABORT) {
                return standing;
            }
            pulse.now(
                    standing.permitted() ? "waits for a window with room to " + next : "waits for a permit to " + next);
            pause(PERMIT_POLL);
        }
    }
}
