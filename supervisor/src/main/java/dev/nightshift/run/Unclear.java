package dev.nightshift.run;

/** The outcome of an action is not known; only a person's retry or abort leads out of here. */
public record Unclear(String question) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case ABORT_ASKED -> RunState.abort(event);
            case RETRY_ASKED -> Move.to(new Preflight(Holders.NONE), RunEffect.REOPEN_STEPS, RunEffect.RUN_PREFLIGHT);
            case TAKEN_OVER,
                    WINDOW_OPENED,
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
                    OUTCOME_UNKNOWN,
                    WORK_DONE,
                    CLOSED,
                    ABORT_FINISHED -> stay();
        };
    }
}
