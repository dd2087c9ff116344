package dev.nightshift.run;

/** Accepted and written to the journal; nobody has looked at the database for it yet. */
public record Planned() implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case TAKEN_OVER -> Move.to(new Waiting(Holders.NONE));
            case HELD -> Move.to(new Waiting(RunState.change(Holders.NONE, event)));
            case ABORT_ASKED -> RunState.abort(event);
            case WINDOW_OPENED,
                    WINDOW_CLOSED,
                    PREFLIGHT_PASSED,
                    PREFLIGHT_FAILED,
                    BACKUP_READY,
                    BACKUP_FAILED,
                    RELEASED,
                    LONG_HOLD,
                    PROMOTED,
                    WORKER_LOST,
                    STEP_FAILED,
                    VERIFY_FAILED,
                    OUTCOME_UNKNOWN,
                    WORK_DONE,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
