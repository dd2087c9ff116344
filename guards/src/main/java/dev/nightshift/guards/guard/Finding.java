package dev.nightshift.guards.guard;

/**
 * Why a guard is not clear, as values and as text.
 *
 * @param observed in the guard's unit; NaN when unknown
 * @param limit the limit that was crossed, or the one that must be left again
 * @param seen what stands in the reason for the observed value and the limit; see {@link #reason}
 * @param note what a person should know beside the reason, or empty
 */
public record Finding(
        GuardKind guard, String subject, Verdict verdict, double observed, double limit, Seen seen, String note) {

    /** {@code signal subject observed comparison limit}: {@code replica lag standby-a 2.3 s > 2 s}. */
    public String reason() {
        String who = subject.isEmpty() ? guard.words() : guard.words() + " " + subject;
        return who + " " + seen.observed() + " " + seen.comparison() + " " + seen.limit();
    }

    /** The last three words of a reason. */
    public record Seen(String observed, String comparison, String limit) {}
}
