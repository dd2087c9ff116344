package dev.nightshift.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an index orders its rows by.
 *
 * @param named how the name of the index calls it
 * @param sql as CREATE INDEX has it
 */
record IndexKey(Identifier named, String sql) {

    private static final Pattern ORDERED = Pattern.compile(
            "(?i)(" + Identifier.PATTERN + ")((?:\\s+(?:ASC|DESC))?(?:\\s+NULLS\\s+(?:FIRST|LAST))?)\\s*");

    /**
     * Reads a column, with its order if it has one, or an expression in parentheses.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static IndexKey parse(String text) {
        Matcher ordered = ORDERED.matcher(text.strip());
        if (ordered.matches()) {
            Identifier column = Identifier.parse(ordered.group(1));
            return new IndexKey(column, column.quoted() + ordered.group(2).replaceAll("\\s+", " "));
        }
        String expression = SqlExpression.check(text);
        if (!expression.startsWith("(") || !expression.endsWith(")")) {
            throw new IllegalArgumentException(
                    "expected a column, one with ASC or DESC, or an expression in parentheses, found '" + text + "'");
        }
        return new IndexKey(new Identifier("expr"), "(" + expression + ")");
    }
}
