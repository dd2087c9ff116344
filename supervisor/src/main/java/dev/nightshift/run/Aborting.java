package dev.nightshift.run;

import java.util.List;

/** Nothing of the worker can commit any more; the abort plan is being carried out. */
public record Aborting(Cause cause) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case TAKEN_OVER -> Move.to(this, RunEffect.REVOKE_PERMIT, RunEffect.STOP_WORKER, RunEffect.RUN_ABORT_PLAN);
            case ABORT_ASKED ->
                ((RunEvent.AbortAsked) event).immediate() ? Move.to(this, RunEffect.REVOKE_PERMIT_NOW) : stay();
            case ABORT_FINISHED -> finished(((RunEvent.AbortFinished) event).left());
            case WINDOW_OPENED,
                    WINDOW_CLOSED,
                    PREFLIGHT_PASSED,
                    PREFLIGHT_FAILED,
                    BACKUP_READY,
                    BACKUP_FAILED,
                    HELD,
                    RELEASED,
                    LONG_HOLD,
                    PROMOTED,
                    WORKER_LOST,
                    STEP_FAILED,
                    VERIFY_FAILED,
                    WORK_DONE,
                    CLOSED,
                    RETRY_ASKED -> stay();
        };
    }

    private Move finished(List<String> left) {
        return Move.to(left.isEmpty() ? new Aborted(cause) : new AbortIncomplete(cause, left));
    }
}
