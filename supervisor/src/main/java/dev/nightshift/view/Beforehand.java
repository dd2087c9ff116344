package dev.nightshift.view;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Finishing;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;

/** What is to be said to a command before it is written down, from how its run stands. */
public sealed interface Beforehand {

    /** It may be written down. */
    record GoOn() implements Beforehand {}

    /** What it asks for holds already; {@code how} is a clause: {@code already aborting}. */
    record Already(String how) implements Beforehand {}

    /** The run's state does not allow it. */
    record Refused(Explanation why) implements Beforehand {}

    /** @param who gives the command, {@code user@host}; empty where that is not known */
    static Beforehand of(Intent.Kind kind, boolean immediate, String who, StatusView view) {
        return switch (kind) {
            case PAUSE -> pause(view);
            case RESUME -> resume(view);
            case ABORT -> abort(view, immediate);
            case RETRY -> retry(view);
            case APPROVE -> approve(view, who);
        };
    }

    /** Whether a run in this state goes on only when somebody says so. */
    static boolean awaitsRetry(RunState state) {
        return state instanceof Failed || state instanceof Unclear || state instanceof AbortIncomplete;
    }

    /**
     * Whether whoever writes an abort down stops the work in the database as well: where nobody supervises, and where it is
     * not to wait for a supervisor's next look. What an abort plan does by now is left alone.
     */
    static boolean stopsWork(boolean immediate, StatusView view) {
        RunState state = view.run().state();
        return (immediate || !view.supervised()) && !(state instanceof Aborting) && !(state instanceof Planned);
    }

    private static Beforehand pause(StatusView view) {
        RunState state = view.run().state();
        if (state.isEnd() || state instanceof Unclear || state instanceof Aborting || state instanceof Finishing) {
            return refused(view, "pausing it", "nothing: no step of its plan is being carried out");
        }
        return state.holders()
                .of(Holder.Kind.OPERATOR)
                .<Beforehand>map(holder -> new Already("already paused by " + holder.by() + ": " + holder.reason()))
                .orElseGet(GoOn::new);
    }

    private static Beforehand resume(StatusView view) {
        RunState state = view.run().state();
        if (awaitsRetry(state)) {
            return refused(view, "resuming it", "look at it, then: nightshift retry RUN");
        }
        return state.isEnd() ? refused(view, "resuming it", "nothing: the run is over") : new GoOn();
    }

    private static Beforehand abort(StatusView view, boolean immediate) {
        RunState state = view.run().state();
        if (state instanceof AbortIncomplete) {
            return refused(view, "aborting it", "do what is left, or: nightshift retry RUN");
        }
        if (state instanceof Succeeded || state instanceof Aborted) {
            return refused(view, "aborting it", "nothing: the run is over");
        }
        return state instanceof Aborting && view.supervised() && !immediate
                ? new Already("already aborting")
                : new GoOn();
    }

    private static Beforehand retry(StatusView view) {
        return awaitsRetry(view.run().state())
                ? new GoOn()
                : refused(view, "retrying it", "nothing: only failed, unclear and abort-incomplete runs are retried");
    }

    private static Beforehand approve(StatusView view, String who) {
        if (view.run()
                .state()
                .holders()
                .of(Holder.Kind.APPROVAL)
                .filter(Approvals::isOfPlan)
                .isPresent()) {
            return Approvals.samePerson(who, view.run().by())
                    ? refused(
                            view,
                            "approving what " + Approvals.person(who) + " submitted",
                            "let somebody else look at the plan and approve it")
                    : new GoOn();
        }
        boolean asks = view.steps().stream().anyMatch(step -> step.state() == StepRecord.State.ASKING);
        return asks && !view.run().state().isEnd()
                ? new GoOn()
                : refused(view, "approving a step of it", "nothing: no step of run RUN asks for approval");
    }

    private static Beforehand refused(StatusView view, String doing, String todo) {
        String id = view.run().id().text();
        return new Refused(new Explanation(
                "run " + id + " is " + view.run().state().word(),
                doing,
                Explanation.NOTHING_CHANGED,
                todo.replace("RUN", id)));
    }
}
