package dev.nightshift.run;

import java.util.List;

/** Something that happened to a run. */
public sealed interface RunEvent {

    /** One kind for each record below, so that every state has to answer each of them. */
    enum Kind {
        TAKEN_OVER,
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
        ABORT_FINISHED,
        RETRY_ASKED
    }

    Kind kind();

    /** A supervisor holds the lease and the run is its own now, at the first start and after every restart. */
    record TakenOver() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.TAKEN_OVER;
        }
    }

    /** The window is open now; told again each second while it is. */
    record WindowOpened() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.WINDOW_OPENED;
        }
    }

    /** The window is closed now, or counts as closed; {@code why} in words. Told again each second while it is. */
    record WindowClosed(String why) implements RunEvent {
        public WindowClosed() {
            this("window closed");
        }

        @Override
        public Kind kind() {
            return Kind.WINDOW_CLOSED;
        }
    }

    record PreflightPassed() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.PREFLIGHT_PASSED;
        }
    }

    record PreflightFailed(Explanation explanation) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.PREFLIGHT_FAILED;
        }
    }

    /** The run's backup is taken and verified, or the plan wants none. */
    record BackupReady() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.BACKUP_READY;
        }
    }

    record BackupFailed(Explanation explanation) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.BACKUP_FAILED;
        }
    }

    record Held(Holder holder) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.HELD;
        }
    }

    /** {@code by} is who let go; of an alert, the one whose hold is over. */
    record Released(Holder.Kind holder, String by) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.RELEASED;
        }
    }

    /** The run has been on hold for so long that its worker should go. */
    record LongHold() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.LONG_HOLD;
        }
    }

    /** A standby has become the primary before this supervisor's eyes, and has the run's journal whole. */
    record Promoted(String how) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.PROMOTED;
        }
    }

    /** The worker ended, froze or vanished before its work was done, for a reason that may pass. */
    record WorkerLost(String how) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.WORKER_LOST;
        }
    }

    record StepFailed(Failure failure) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.STEP_FAILED;
        }
    }

    record VerifyFailed(String step, String reason) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.VERIFY_FAILED;
        }
    }

    record OutcomeNotKnown(String question) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.OUTCOME_UNKNOWN;
        }
    }

    /** Every step of the plan is done. */
    record WorkDone() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.WORK_DONE;
        }
    }

    /** No session of the run is left and its permit is gone. */
    record Closed() implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.CLOSED;
        }
    }

    /** {@code immediate}: end the sessions at once instead of letting the batch in flight finish. */
    record AbortAsked(Cause cause, boolean immediate) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.ABORT_ASKED;
        }
    }

    /** The abort plan was carried out; {@code left} names what could not be done and is empty when all was. */
    record AbortFinished(List<String> left) implements RunEvent {
        public AbortFinished {
            left = List.copyOf(left);
        }

        @Override
        public Kind kind() {
            return Kind.ABORT_FINISHED;
        }
    }

    record RetryAsked(String by) implements RunEvent {
        @Override
        public Kind kind() {
            return Kind.RETRY_ASKED;
        }
    }
}
