package dev.nightshift.run;

/** Steps are carried out under a permit that is renewed each second; throttled is working at less than full pace. */
public record Working() implements RunState {

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case TAKEN_OVER -> Move.to(this, RunEffect.WITHDRAW_PERMIT, RunEffect.START_WORKER);
            case WINDOW_CLOSED -> Move.to(new Parked(Holders.NONE), RunEffect.WITHDRAW_PERMIT, RunEffect.STOP_WORKER);
            case PROMOTED -> RunState.promoted(Holders.NONE);
            case HELD -> Move.to(new Holding(RunState.change(Holders.NONE, event)), RunEffect.WITHDRAW_PERMIT);
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
                    RELEASED,
                    LONG_HOLD,
                    CLOSED,
                    ABORT_FINISHED,
                    RETRY_ASKED -> stay();
        };
    }
}
