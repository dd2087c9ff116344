package dev.nightshift.guards.lint.rule;

import java.util.regex.Pattern;

/** A check's condition as the catalog writes it, such as {@code ((a IS NOT NULL) AND (b > 0))}. */
final class ChecksText {
    private ChecksText() {}

    static boolean impliesNotNull(String expression, String column) {
        boolean alternatives = Pattern.compile("\\bOR\\b").matcher(expression).find();
        String name = "\"?" + Pattern.quote(column) + "\"?";
        Pattern notNull = Pattern.compile("(?<![\\w.\"])" + name + "\\s+IS\\s+NOT\\s+NULL", Pattern.CASE_INSENSITIVE);
        return !alternatives
                && !expression.startsWith("(NOT")
                && notNull.matcher(expression).find();
    }
}
