package dev.nightshift.guards.guard;

/** What a guard, or all of them together, answer; the later the worse. */
public enum Verdict {
    CLEAR,
    SLOW,
    /** Not known: the pace is frozen and no permit renewed, so what is granted runs out by itself. */
    UNKNOWN,
    HOLD,
    ABORT;

    /** Whether a permit may be renewed on this verdict. */
    public boolean permits() {
        return this == CLEAR || this == SLOW;
    }

    public Verdict worst(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
