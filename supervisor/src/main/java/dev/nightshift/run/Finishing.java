package dev.nightshift.run;

/** All steps are done; the run's sessions and permit are being cleared away. */
public record Finishing() implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case TAKEN_OVER -> Move.to(this, RunEffect.STOP_WORKER, RunEffect.CLOSE_RUN);
            case CLOSED -> Move.to(new Succeeded());
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
                    ABORT_ASKED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
