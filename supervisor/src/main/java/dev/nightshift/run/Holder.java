package dev.nightshift.run;

/** Who keeps a run on hold, and why; {@code by} is a person, a guard or the supervisor. */
public record Holder(Kind kind, String by, String reason) {

    /** At most one holder of each kind keeps a run. */
    public enum Kind {
        OPERATOR,
        GUARD,
        WINDOW,
        ALERT,
        APPROVAL
    }
}
