package dev.nightshift.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks on text that Nightshift writes between parentheses of its own statements. */
final class SqlExpression {

    private SqlExpression() {}

    /** Columns with their expressions in the same order, at least one. */
    static Map<String, String> checked(Map<String, String> set) {
        if (set.isEmpty()) {
            throw new IllegalArgumentException("expected at least one column to set, found none");
        }
        Map<String, String> checked = new LinkedHashMap<>(set);
        checked.replaceAll((column, expression) -> check(expression));
        return Collections.unmodifiableMap(checked);
    }

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
