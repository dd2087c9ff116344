package dev.nightshift.run;

/** Looks whether the plan can run safely on this database now; changes nothing. */
public record Preflight(Holders holders) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case TAKEN_OVER -> Move.to(this, RunEffect.RUN_PREFLIGHT);
            case WINDOW_CLOSED -> Move.to(new Waiting(holders));
            case PREFLIGHT_PASSED -> Move.to(new Backup(holders), RunEffect.JUDGE_BACKUP, RunEffect.START_WORKER);
            case PREFLIGHT_FAILED ->
                RunState.fail(new Failure(Failure.Kind.PREFLIGHT, ((RunEvent.PreflightFailed) event).explanation()));
            case HELD, RELEASED -> Move.to(new Preflight(RunState.change(holders, event)));
            case ABORT_ASKED -> RunState.abort(event);
            case WINDOW_OPENED,
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
