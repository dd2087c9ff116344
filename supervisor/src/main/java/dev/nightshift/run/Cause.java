package dev.nightshift.run;

/** Why a run is aborted: on whose account, and the reason as it will be read. */
public record Cause(Kind kind, String by, String reason) {

    /** Who started the abort; it decides the exit code. */
    public enum Kind {
        GUARD,
        VERIFY,
        OPERATOR,
        ALERT
    }
}
