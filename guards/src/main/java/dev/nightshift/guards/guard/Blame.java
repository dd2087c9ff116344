package dev.nightshift.guards.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a critical load of the server is ours: the run holds first, and a load that does not fall while nothing of
 * ours is written is somebody else's. A value; each sample gives the next.
 *
 * @param since when it became critical; null while it is not
 * @param from how much it was then
 * @param whose what the hold has shown so far
 * @param ours how often such a load has fallen when the run held
 */
record Blame(@Nullable Long since, double from, Whose whose, int ours) {

    static final Blame NONE = new Blame(null, Double.NaN, Whose.UNKNOWN, 0);

    /** A load that is ours shows it within this time on hold. */
    static final Duration SHOWS_WITHIN = Duration.ofSeconds(30);

    /** Critical this often by our own doing, the run is aborted: holding does not mend it. */
    static final int TOO_OFTEN = 3;

    /** What falls by less may be noise. */
    private static final double FALLEN = 0.9;

    /** Whose load it is. */
    enum Whose {
        UNKNOWN,
        OURS,
        NOT_OURS
    }

    /** After a sample whose value is known. */
    Blame next(boolean critical, double value, Comparison comparison, long nanos) {
        if (!critical) {
            boolean fell = since != null && whose == Whose.UNKNOWN;
            return new Blame(null, Double.NaN, Whose.UNKNOWN, fell ? ours + 1 : ours);
        }
        if (since == null) {
            return new Blame(nanos, value, Whose.UNKNOWN, ours);
        }
        if (whose != Whose.UNKNOWN || nanos - since < SHOWS_WITHIN.toNanos()) {
            return this;
        }
        boolean fell = comparison.fallsBad() ? value * FALLEN >= from : value <= from * FALLEN;
        return new Blame(since, from, fell ? Whose.OURS : Whose.NOT_OURS, fell ? ours + 1 : ours);
    }

    /** A hold instead of an abort, where the guard is of what others load too and it was not ours often enough. */
    Verdict spare(Verdict reached, GuardKind kind) {
        boolean abort = !kind.isShared() || (since != null && ours >= TOO_OFTEN);
        return reached == Verdict.ABORT && !abort ? Verdict.HOLD : reached;
    }

    /** What a reason adds while the run holds instead; empty when nothing is critical. */
    String words() {
        if (since == null) {
            return "";
        }
        return switch (whose) {
            case UNKNOWN -> "critical; within " + Unit.text(SHOWS_WITHIN) + " on hold it shows whether it is ours";
            case OURS -> "critical and ours, " + ours + " of " + TOO_OFTEN + " times before an abort";
            case NOT_OURS ->
                "critical and not ours: it has not fallen in " + Unit.text(SHOWS_WITHIN)
                        + " on hold; a person is needed";
        };
    }
}
