package dev.nightshift.run;

/**
 * Accepted and written to the journal, and waits in the queue for its turn; nobody has looked at the database for it yet,
 * and nobody supervises it. Being taken over is being admitted.
 */
public record Planned(Holders holders) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case TAKEN_OVER -> Move.to(new Waiting(holders));
            case HELD, RELEASED -> Move.to(new Planned(RunState.change(holders, event)));
            case ABORT_ASKED -> Move.to(new Aborted(((RunEvent.AbortAsked) event).cause()));
            case WINDOW_OPENED,
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
                    OUTCOME_UNKNOWN,
                    WORK_DONE,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
