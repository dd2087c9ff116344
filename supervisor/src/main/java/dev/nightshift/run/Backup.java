package dev.nightshift.run;

/** The worker takes and verifies the backup, or finds the one that this run already has. */
public record Backup(Holders holders) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case TAKEN_OVER -> Move.to(this, RunEffect.JUDGE_BACKUP, RunEffect.START_WORKER);
            case WORKER_LOST -> Move.to(this, RunEffect.START_WORKER);
            case WINDOW_CLOSED -> Move.to(new Parked(holders), RunEffect.WITHDRAW_PERMIT, RunEffect.STOP_WORKER);
            case PROMOTED -> RunState.promoted(holders);
            case BACKUP_READY -> Move.to(holders.isEmpty() ? new Working() : new Holding(holders));
            case BACKUP_FAILED ->
                RunState.fail(new Failure(Failure.Kind.BACKUP, ((RunEvent.BackupFailed) event).explanation()));
            case HELD, RELEASED -> Move.to(new Backup(RunState.change(holders, event)));
            case STEP_FAILED -> RunState.fail(((RunEvent.StepFailed) event).failure());
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case ABORT_ASKED -> RunState.abort(event);
            case WINDOW_OPENED,
                    PREFLIGHT_PASSED,
                    PREFLIGHT_FAILED,
                    LONG_HOLD,
                    VERIFY_FAILED,
                    WORK_DONE,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
