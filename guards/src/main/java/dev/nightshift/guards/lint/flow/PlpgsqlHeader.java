package dev.nightshift.guards.lint.flow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a CREATE FUNCTION in terms that libpg_query's PL/pgSQL parser takes: without a catalog it knows neither
 * {@code table.column%TYPE} nor arrays of a user's type as a result. The body does not depend on them.
 */
final class PlpgsqlHeader {
    private static final Pattern COPIED_TYPE = Pattern.compile("[\\w.\"]+\\s*%\\s*type", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARRAY_RESULT =
            Pattern.compile("(returns\\s+(?:setof\\s+)?[\\w.\"]+)((?:\\s*\\[\\d*])+)", Pattern.CASE_INSENSITIVE);

    private PlpgsqlHeader() {}

    /** The statement with simpler types before its body, and every place as it was. */
    static String simplified(String statement, String body) {
        int end = Math.max(0, statement.indexOf(body));
        String head = statement.substring(0, end);
        head = COPIED_TYPE
                .matcher(head)
                .replaceAll(match -> padded("int", match.group().length()));
        head = ARRAY_RESULT
                .matcher(head)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) + " ".repeat(match.group(2).length())));
        return head + statement.substring(end);
    }

    private static String padded(String word, int length) {
        return word + " ".repeat(Math.max(0, length - word.length()));
    }
}
