package dev.nightshift.guards.guard;

/**
 * Where one guard stands for one subject, clear or not: for the list of guards and the metrics.
 *
 * @param value in the guard's unit; NaN when unknown
 * @param utilisation the share of its hold limit that is used; NaN when unknown
 * @param measured false where there was nothing to measure, such as a slot where there is none
 */
public record Standing(
        GuardKind guard, String subject, Verdict verdict, double value, double utilisation, boolean measured) {

    public Standing(GuardKind guard, String subject, Verdict verdict, double value, double utilisation) {
        this(guard, subject, verdict, value, utilisation, true);
    }

    static Standing ofNothing(GuardKind guard) {
        return new Standing(guard, "", Verdict.CLEAR, 0, 0, false);
    }
}
