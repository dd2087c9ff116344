package dev.nightshift.plan;

/**
 * Something that holds for a whole run.
 *
 * @param label one word: {@code window}, {@code backup} …
 * @param loud whether a person should stop and think about it
 */
public record PlanFact(String label, String text, boolean loud) {}
