package dev.nightshift.plan;

/** The checks on text that Nightshift writes between parentheses of its own statements. */
final class SqlExpression {

    private SqlExpression() {}

    /**
     * Returns the expression without what stands around it, which may be a comment that would swallow our text.
     *
     * @throws IllegalArgumentException when it is empty or would change the statement around it
     */
    static String check(String expression) {
        SqlText text = SqlText.of(expression);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected an SQL expression, found nothing");
        }
        if (text.flaw().isPresent()) {
            throw new IllegalArgumentException(
                    "expected a whole SQL expression, found " + text.flaw().get());
        }
        if (text.hasSemicolon()) {
            throw new IllegalArgumentException("expected one SQL expression, found a ';'");
        }
        return text.trimmed();
    }
}
