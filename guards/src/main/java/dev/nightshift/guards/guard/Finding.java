package dev.nightshift.guards.guard;

/**
 * Why a guard is not clear, as values and as text.
 *
 * @param observed in the guard's unit; NaN when unknown
 * @param limit the limit that was crossed, or the one that must be left again
 * @param seen what stands in the reason for the observed value and the limit; see {@link #reason}
 * @param note what a person should know beside the reason, or empty
 * @param whose whether a critical load is ours, or empty where that is not asked
 */
public record Finding(
        GuardKind guard,
        String subject,
        Verdict verdict,
        double observed,
        double limit,
        Seen seen,
        String note,
        String whose) {

    /** Where nobody asks whose load it is. */
    public Finding(
            GuardKind guard, String subject, Verdict verdict, double observed, double limit, Seen seen, String note) {
        this(guard, subject, verdict, observed, limit, seen, note, "");
    }

    /** What a person should know beside the reason, the load's owner first; empty where there is nothing. */
    public String remark() {
        return whose.isEmpty() || note.isEmpty() ? whose + note : whose + "; " + note;
    }

    /** {@code signal subject observed comparison limit}: {@code replica lag standby-a 2.3 s > 2 s}. */
    public String reason() {
        String who = subject.isEmpty() ? guard.words() : guard.words() + " " + subject;
        return who + " " + seen.observed() + " " + seen.comparison() + " " + seen.limit();
    }

    /** The last three words of a reason. */
    public record Seen(String observed, String comparison, String limit) {}
}
