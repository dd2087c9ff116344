package dev.nightshift.run;

/** On hold: no user table is written until every holder has let go; the worker waits. */
public record Holding(Holders holders) implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case TAKEN_OVER -> Move.to(this, RunEffect.WITHDRAW_PERMIT, RunEffect.START_WORKER);
            case WINDOW_CLOSED, LONG_HOLD ->
                Move.to(new Parked(holders), RunEffect.WITHDRAW_PERMIT, RunEffect.STOP_WORKER);
            case PROMOTED -> RunState.promoted(holders);
            case HELD -> Move.to(new Holding(RunState.change(holders, event)), RunEffect.WITHDRAW_PERMIT);
            case RELEASED -> released(RunState.change(holders, event));
            case WORKER_LOST -> Move.to(this, RunEffect.START_WORKER);
            case STEP_FAILED -> RunState.fail(((RunEvent.StepFailed) event).failure());
            case VERIFY_FAILED -> RunState.verifyFailed(event);
            case OUTCOME_UNKNOWN -> RunState.ask(event);
            case WORK_DONE -> Move.to(new Finishing(), RunEffect.STOP_WORKER, RunEffect.CLOSE_RUN);
            case ABORT_ASKED -> RunState.abort(event);
            case WINDOW_OPENED,
                    PREFLIGHT_PASSED,
                    PREFLIGHT_FAILED,
                    BACKUP_READY,
                    BACKUP_FAILED,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }

    private static Move released(Holders rest) {
        return Move.to(rest.isEmpty() ? new Working() : new Holding(rest));
    }
}
