package dev.nightshift.run;

import java.util.List;

/** Parts of the abort plan could not be carried out: a person is needed, or a retry. */
public record AbortIncomplete(Cause cause, List<String> left) implements RunState {

    public AbortIncomplete {
        left = List.copyOf(left);
    }

    @Override
    public boolean isEnd() {
        return true;
    }

    @Override
    public Move on(RunEvent event) {
        return switch (event.kind()) {
            case RETRY_ASKED ->
                Move.to(
                        new Aborting(cause),
                        RunEffect.REVOKE_PERMIT,
                        RunEffect.STOP_WORKER,
                        RunEffect.REOPEN_ABORT_STEPS,
                        RunEffect.RUN_ABORT_PLAN);
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
                    ABORT_ASKED,
                    ABORT_FINISHED -> stay();
        };
    }
}
