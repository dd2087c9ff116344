package dev.nightshift.worker;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.StepRecord;
import dev.nightshift.time.Backoff;
import java.time.Duration;

/** Tries a statement until it went through, patiently while others are in the way. */
final class StatementWork implements StepWork<StatementStep> {

    static final int MOST_TRIES = 30;

    /** A statement that ends its session or its server each time must not do so all night. */
    static final int MOST_CUT_OFFS = 8;

    private static final Backoff BLOCKED = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));
    private static final Backoff CUT_OFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    private final Statements statements;
    private final Backoff afterCutOff;

    StatementWork(Statements statements) {
        this(statements, CUT_OFF);
    }

    StatementWork(Statements statements, Backoff afterCutOff) {
        this.statements = statements;
        this.afterCutOff = afterCutOff;
    }

    @Override
    public StepOutcome carryOut(StatementStep step, StepRecord record, Workplace place) {
        int blocked = 0;
        int cutOff = 0;
        String waited = "";
        while (true) {
            place.awaitPermit("run " + step.name());
            Statements.Result result = once(step, record, place);
            if (result instanceof Statements.Result.Done done) {
                return new StepOutcome.Done(done.note());
            } else if (result instanceof Statements.Result.Blocked by) {
                blocked++;
                if (blocked >= MOST_TRIES && place.mandate() == Mandate.WORK) {
                    return gaveUp(step, by.by());
                }
                waited = "no lock at try " + blocked + ": " + by.by();
                place.pulse().now(waited);
                place.pause(BLOCKED.after(blocked, place.random()));
            } else if (result instanceof Statements.Result.CutOff cut) {
                cutOff++;
                if (cutOff >= MOST_CUT_OFFS && place.mandate() == Mandate.WORK) {
                    return cutOffTooOften(step, cut.why());
                }
                place.pulse().now("tries again: " + cut.why() + (waited.isEmpty() ? "" : "; before that " + waited));
                place.pause(afterCutOff.after(cutOff, place.random()));
            }
        }
    }

    private Statements.Result once(StatementStep step, StepRecord record, Workplace place) {
        Stop own = place.pulse().watch();
        try {
            place.pulse().now("runs " + step.name());
            return statements.tryOnce(step, record, place.attempt(own));
        } finally {
            place.pulse().forget(own);
        }
    }

    private static StepOutcome cutOffTooOften(StatementStep step, String why) {
        return StepOutcome.Failed.step(new Explanation(
                "cut off " + MOST_CUT_OFFS + " times in a row, last: " + why,
                "running step " + step.name() + ": " + step.sql(),
                "nothing of it is at work; an index that it left half built is found at the next try",
                "look in the server's log for who or what ends it, then nightshift retry"));
    }

    private static StepOutcome gaveUp(StatementStep step, String blocker) {
        return StepOutcome.Failed.step(new Explanation(
                "no lock in " + MOST_TRIES + " tries: " + blocker,
                "running step " + step.name() + ": " + step.sql(),
                "the statement has changed nothing",
                "end the session in the way or choose a quieter time, then nightshift retry"));
    }
}
