package dev.nightshift.worker;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.StepRecord;
import dev.nightshift.time.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries a statement until it went through, patiently while others are in the way. */
final class StatementWork implements StepWork<StatementStep> {

    static final int MOST_TRIES = 30;

    /** A statement that ends its session or its server each time must not do so all night. */
    static final int MOST_CUT_OFFS = 8;

    /** Each time others waited a second or more; what blocks them by what it is does so at every try. */
    static final int MOST_IN_THE_WAY = 3;

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
        Tries tries = new Tries(step, place);
        while (true) {
            place.awaitPermit("run " + step.name());
            Statements.Result result = once(step, record, place);
            if (result instanceof Statements.Result.Done done) {
                return new StepOutcome.Done(done.note());
            }
            Optional<StepOutcome> end = tries.after(result);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** Counts how often a step did not go through, and rests before the next try. */
    private final class Tries {
        private final StatementStep step;
        private final Workplace place;
        private int blocked;
        private int inTheWay;
        private int cutOff;
        private String waited = "";

        Tries(StatementStep step, Workplace place) {
            this.step = step;
            this.place = place;
        }

        /** How the step ends, unless it is tried again. */
        Optional<StepOutcome> after(Statements.Result result) {
            if (result instanceof Statements.Result.Blocked by) {
                blocked++;
                waited = "no lock at try " + blocked + ": " + by.by();
                return again(
                        waited,
                        BLOCKED.after(blocked, place.random()),
                        blocked < MOST_TRIES,
                        () -> gaveUp(step, by.by()));
            }
            if (result instanceof Statements.Result.InTheWay way) {
                inTheWay++;
                waited = "gave way at try " + inTheWay + " to " + way.of();
                return again(
                        waited,
                        BLOCKED.after(inTheWay, place.random()),
                        inTheWay < MOST_IN_THE_WAY,
                        () -> inTheWayTooOften(step, way.of()));
            }
            if (result instanceof Statements.Result.CutOff cut) {
                cutOff++;
                String before = waited.isEmpty() ? "" : "; before that " + waited;
                return again(
                        "tries again: " + cut.why() + before,
                        afterCutOff.after(cutOff, place.random()),
                        cutOff < MOST_CUT_OFFS,
                        () -> cutOffTooOften(step, cut.why()));
            }
            return Optional.empty();
        }

        private Optional<StepOutcome> again(
                String says, Duration pause, boolean more, Supplier<StepOutcome> otherwise) {
            if (!more && place.mandate() == Mandate.WORK) {
                return Optional.of(otherwise.get());
            }
            place.pulse().now(says);
            place.pause(pause);
            return Optional.empty();
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

    private static StepOutcome inTheWayTooOften(StatementStep step, String of) {
        return StepOutcome.Failed.step(
                new Explanation(
                        "others waited for it " + MOST_IN_THE_WAY + " times, last " + of,
                        "running step " + step.name() + ": " + step.sql(),
                        "the statement has changed nothing",
                        "write it so that it holds its lock for a moment only, or choose a quieter time, then nightshift retry"));
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
