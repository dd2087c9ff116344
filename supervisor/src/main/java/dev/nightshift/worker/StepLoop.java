package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Step;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.time.Backoff;
import java.time.Duration;
import java.util.List;

/** Carries out the steps of one part of a plan in order, and writes down where each one is. */
final class StepLoop {

    /** So many troubles in a row that may pass, then the process makes room for a fresh one. */
    private static final int MOST_TRIES = 8;

    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20));
    private static final Duration ANSWER_POLL = Duration.ofSeconds(1);

    private final Works works;
    private final Workplace place;

    StepLoop(Works works, Workplace place) {
        this.works = works;
        this.place = place;
    }

    /**
     * The steps that are not done, until one of them cannot go on.
     *
     * @param steps of the plan's part that begins with the record of ordinal {@code first}
     * @return whether all of them are done now
     * @throws WorkEnded when the stop signal came
     * @throws Transient when a fresh process should try again
     */
    boolean carryOut(List<? extends Step> steps, int first) {
        for (int i = 0; i < steps.size(); i++) {
            if (!carryOut(steps.get(i), first + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean carryOut(Step step, int ordinal) {
        while (true) {
            place.endIfAsked();
            StepRecord record = record(ordinal);
            switch (record.state()) {
                case DONE -> {
                    return true;
                }
                case FAILED, UNCLEAR -> {
                    return false;
                }
                case ASKING -> awaitAnswer(record);
                case PENDING, RUNNING -> work(step, record);
            }
        }
    }

    private void work(Step step, StepRecord record) {
        Workplace here = place.at(record.ordinal());
        boolean first = record.ordinal() == 0 && record.state() == StepRecord.State.PENDING;
        // A tool that may be at work already is looked at before anything else.
        boolean lookedAt = step instanceof ExternalStep && record.state() == StepRecord.State.RUNNING;
        if (first || (step.inOnePiece() && !lookedAt)) {
            here.awaitPermit("begin " + step.name());
        }
        if (first) {
            place.journal().markBefore();
        }
        place.journal().begin(record.ordinal());
        try {
            write(record.ordinal(), tried(step, record, here));
        } catch (Permanent e) {
            write(record.ordinal(), StepOutcome.Failed.step(e.explanation()));
        } catch (OutcomeUnknown e) {
            place.journal().unclear(record.ordinal(), e.explanation());
        }
    }

    private StepOutcome tried(Step step, StepRecord record, Workplace here) {
        for (int tries = 1; ; tries++) {
            try {
                return works.carryOut(step, record, here);
            } catch (Transient e) {
                place.endIfAsked();
                if (tries == MOST_TRIES) {
                    throw e;
                }
                place.pulse().now("tries again: " + e.explanation().what());
                place.pause(BETWEEN_TRIES.after(tries, place.random()));
            }
        }
    }

    private void write(int ordinal, StepOutcome outcome) {
        if (outcome instanceof StepOutcome.Done done) {
            place.journal().finish(ordinal, done.note());
        } else if (outcome instanceof StepOutcome.Asks asks) {
            place.journal().ask(ordinal, asks.question());
        } else if (outcome instanceof StepOutcome.Failed failed) {
            place.journal().fail(ordinal, failed.failure());
        }
    }

    private void awaitAnswer(StepRecord record) {
        place.pulse().now(record.note());
        while (place.journal().stateOf(record.ordinal()) == StepRecord.State.ASKING) {
            place.pause(ANSWER_POLL);
        }
    }

    private StepRecord record(int ordinal) {
        return place.journal().steps().stream()
                .filter(step -> step.ordinal() == ordinal)
                .findFirst()
                .orElseThrow(() -> new Permanent(new Explanation(
                        "the journal has no step " + ordinal + " of run "
                                + place.run().id(),
                        "reading the steps of the run",
                        Explanation.NOTHING_CHANGED,
                        "close the run and submit the plan again")));
    }
}
