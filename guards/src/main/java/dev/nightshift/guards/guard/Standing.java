package dev.nightshift.guards.guard;

/**
 * Where one guard stands for one subject, clear or not: for the list of guards and the metrics.
 *
 * @param value in the guard's unit; NaN when unknown
 * @param utilisation the share of its hold limit that is used; NaN when unknown
 */
public record Standing(GuardKind guard, String subject, Verdict verdict, double value, double utilisation) {}
