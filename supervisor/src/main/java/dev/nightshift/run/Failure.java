package dev.nightshift.run;

/** Why a run failed; the database stays as it was left. */
public record Failure(Kind kind, Explanation explanation) {

    /** Which part of the run failed; it decides the exit code. */
    public enum Kind {
        PREFLIGHT,
        BACKUP,
        STEP,
        /** A verification found the data wrong; it leads to the abort plan. */
        VERIFY,
        /** The worker does not get further, or cannot be started at all. */
        CRASHES
    }
}
