package dev.nightshift.run;

/** What the driver has to do after a move was written to the journal; each may be repeated without harm. */
public enum RunEffect {
    /** Check that the run may start; answers with {@code PREFLIGHT_PASSED} or {@code PREFLIGHT_FAILED}. */
    RUN_PREFLIGHT,
    /** See whether a backup that the run already has is still one of the state before its first write. */
    JUDGE_BACKUP,
    /** See that exactly one worker works, in place of any earlier one. */
    START_WORKER,
    /** End the worker's process, after its batch in flight. */
    STOP_WORKER,
    /** End the permit now; it can be granted again. */
    WITHDRAW_PERMIT,
    /** End the permit for good and return only when nothing of the worker can commit any more. */
    REVOKE_PERMIT,
    /** As {@code REVOKE_PERMIT}, and end the worker's sessions without waiting for the batch in flight. */
    REVOKE_PERMIT_NOW,
    /** Carry out the abort steps that are not done; answers with {@code ABORT_FINISHED}. */
    RUN_ABORT_PLAN,
    /** See that no session of the run is left; answers with {@code CLOSED}. */
    CLOSE_RUN,
    /** Put steps that failed, or whose outcome was not known, back to pending. */
    REOPEN_STEPS,
    /** The same with steps of the abort plan. */
    REOPEN_ABORT_STEPS
}
