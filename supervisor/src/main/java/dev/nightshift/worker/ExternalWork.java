package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.RevisionCommands;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.ToolStop.Why;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a tool of somebody else: at most once, unless the plan has a question whose answer tells that it may be started
 * again.
 */
final class ExternalWork implements StepWork<ExternalStep> {

    static final String RUNBOOK = "runbooks/external-tool.md";

    static final int MOST_IN_THE_WAY = 3;

    private static final int LOOKS_FOR_SESSIONS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Tools tools;
    private final ToolSessions sessions;
    private final Verifications questions;

    ExternalWork(Tools tools, ToolSessions sessions, Verifications questions) {
        this.tools = tools;
        this.sessions = sessions;
        this.questions = questions;
    }

    @Override
    public StepOutcome carryOut(ExternalStep step, StepRecord record, Workplace place) {
        try (ToolSessions.Watch watch = sessions.over(step, record.ordinal(), place.attempt())) {
            return new Starts(step, place, watch).untilSettled();
        }
    }

    /** Starts it until it is known how it went. */
    private final class Starts {
        private final ExternalStep step;
        private final Workplace place;
        private final ToolSessions.Watch watch;
        private int inTheWay;

        Starts(ExternalStep step, Workplace place, ToolSessions.Watch watch) {
            this.step = step;
            this.place = place;
            this.watch = watch;
        }

        StepOutcome untilSettled() {
            if (watch.leftOpen()) {
                tools.endLeft(step);
                if (step.doneWhen().isEmpty()) {
                    throw unknown("nobody has seen how it ended");
                }
            }
            while (true) {
                place.awaitPermit("run " + step.name());
                if (isDone()) {
                    watch.ended();
                    return new StepOutcome.Done("was already done");
                }
                refuse();
                if (!watch.starting()) {
                    continue;
                }
                Optional<StepOutcome> outcome = outcome(once());
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        }

        private ToolEnd once() {
            Stop own = place.pulse().watch();
            try {
                return new ToolRun(step, place, own, watch).untilEnd(tools);
            } finally {
                place.pulse().forget(own);
            }
        }

        private void refuse() {
            List<Explanation> problems = tools.problems(step);
            if (!problems.isEmpty()) {
                throw new Permanent(problems.get(0));
            }
        }

        /** Empty when it is to be started again. */
        private Optional<StepOutcome> outcome(ToolEnd end) {
            if (end.was(Why.SUPERSEDED)) {
                throw new WorkEnded(Stop.Reason.SUPERSEDED);
            }
            seeSessionsGone();
            Optional<StepOutcome> outcome = step.doneWhen().isPresent() ? asAnswered(end) : Optional.of(asItSays(end));
            watch.ended();
            if (outcome.isEmpty() && end.was(Why.LEAVE)) {
                throw new WorkEnded(Stop.Reason.LEAVE);
            }
            return outcome;
        }

        private StepOutcome asItSays(ToolEnd end) {
            if (end.isGood()) {
                return new StepOutcome.Done(end.words());
            }
            if (end.forced()) {
                throw unknown("it " + end.words());
            }
            return failed(end, "as the tool left it: what it had committed stays");
        }

        private Optional<StepOutcome> asAnswered(ToolEnd end) {
            if (isDone()) {
                return Optional.of(new StepOutcome.Done(end.words()));
            }
            String state = "as the tool left it; `done-when` says that it is not done";
            if (end.stopped().isEmpty() || end.was(Why.TOO_LONG)) {
                return Optional.of(failed(end, state));
            }
            if (end.was(Why.IN_THE_WAY) && ++inTheWay == MOST_IN_THE_WAY) {
                return Optional.of(failed(end, state));
            }
            return Optional.empty();
        }

        /** Also when the worker was asked to leave: the answer takes a moment, and decides how the step stands. */
        private boolean isDone() {
            return step.doneWhen()
                    .map(query -> questions
                            .ask(new VerifyStep(step.name(), query), place.attempt(new Stop()))
                            .holds())
                    .orElse(false);
        }

        /** A session that outlives its client may still commit. */
        private void seeSessionsGone() {
            for (int looks = 0; !gone(); looks++) {
                if (looks == LOOKS_FOR_SESSIONS) {
                    throw unknown("it has ended, but sessions of it do not");
                }
                boolean ignored = new Stop().await(BETWEEN_LOOKS);
            }
        }

        private boolean gone() {
            try {
                return watch.terminate();
            } catch (Trouble away) {
                return false;
            }
        }

        private StepOutcome failed(ToolEnd end, String state) {
            return StepOutcome.Failed.step(new Explanation(
                    step.name() + " " + end.words(),
                    "running " + step.tool() + " in " + step.tool().place(),
                    state,
                    "read its output in `nightshift history`, mend what it says, then nightshift retry starts it again: "
                            + RUNBOOK));
        }

        private OutcomeUnknown unknown(String why) {
            String look = step.history()
                    .revisions()
                    .map(RevisionCommands::current)
                    .map(words ->
                            step.tool().saying(words) + " in " + step.tool().place())
                    .orElse("what " + step.tool() + " should have changed");
            return new OutcomeUnknown(new Explanation(
                    "it is not known whether " + step.name() + " went through: " + why,
                    "running " + step.tool() + " in " + step.tool().place(),
                    "no process and no session of it is left; what it had committed stays",
                    "look with " + look + "; then nightshift retry starts it again, nightshift abort undoes: "
                            + RUNBOOK));
        }
    }
}
