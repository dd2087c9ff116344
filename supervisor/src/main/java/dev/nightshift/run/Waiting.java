package dev.nightshift.run;

/** Waits for its window to open and for its holders to let go; nothing was written yet. */
public record Waiting(Holders holders) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case WINDOW_OPENED -> holders.isEmpty() ? Move.to(new Preflight(holders), RunEffect.RUN_PREFLIGHT) : stay();
            case HELD, RELEASED -> Move.to(new Waiting(RunState.change(holders, event)));
            case ABORT_ASKED -> RunState.abort(event);
            case TAKEN_OVER,
                    WINDOW_CLOSED,
                    PREFLIGHT_PASSED,
                    PREFLIGHT_FAILED,
                    BACKUP_READY,
                    BACKUP_FAILED,
                    LONG_HOLD,
                    PROMOTED,
                    WORKER_LOST,
                    STEP_FAILED,
                    VERIFY_FAILED,
                    WORK_DONE,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
