package dev.nightshift.run;

/** Stopped with the database as it was left; a retry continues from the journal. */
public record Failed(Failure failure) implements RunState {

    @Override
    public boolean isEnd() {
        return true;
    }

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
