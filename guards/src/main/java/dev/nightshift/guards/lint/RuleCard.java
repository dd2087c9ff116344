package dev.nightshift.guards.lint;

/**
 * What a rule says of itself.
 *
 * @param catches what it flags
 * @param lock what such a statement locks; {@code -} when nothing
 * @param hurts why that hurts
 * @param instead what to write instead
 * @param bad an example that it flags
 * @param good an example that it does not flag
 */
public record RuleCard(
        String id,
        Severity severity,
        String catches,
        String lock,
        String hurts,
        String instead,
        String bad,
        String good) {}
