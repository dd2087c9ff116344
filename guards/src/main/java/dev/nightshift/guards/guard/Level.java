package dev.nightshift.guards.guard;

/** The three actions for which a guard can have a limit. */
public enum Level {
    SLOW(Verdict.SLOW),
    HOLD(Verdict.HOLD),
    ABORT(Verdict.ABORT);

    private final Verdict verdict;

    Level(Verdict verdict) {
        this.verdict = verdict;
    }

    public Verdict verdict() {
        return verdict;
    }
}
