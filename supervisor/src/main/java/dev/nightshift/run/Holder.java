package dev.nightshift.run;

/** Who keeps a run on hold, and why; {@code by} is a person, a guard, the supervisor, or an alert with its fingerprint. */
public record Holder(Kind kind, String by, String reason) {

    /** Whether this is the same holder as another, whatever each says. */
    boolean isSame(Holder other) {
        return kind == other.kind && (kind != Kind.ALERT || by.equals(other.by));
    }

    /** On whose account a run is kept. */
    public enum Kind {
        OPERATOR,
        GUARD,
        WINDOW,
        ALERT,
        APPROVAL
    }
}
