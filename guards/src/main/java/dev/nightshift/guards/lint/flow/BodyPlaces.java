package dev.nightshift.guards.lint.flow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a body the texts that PL/pgSQL's trees quote from it; they come in the order of the text. */
final class BodyPlaces {
    private static final Pattern PERFORM = Pattern.compile("perform(?=[\\s(])", Pattern.CASE_INSENSITIVE);
    private static final int LENGTH_OF_SELECT = "SELECT".length();

    private final String body;
    private int cursor;

    BodyPlaces(String body) {
        this.body = body;
    }

    /** Where the text stands at or after a line (counted from 1); -1 when it is not found as it is. */
    int find(String quoted, int line) {
        String text = quoted.strip();
        int from = Math.max(lineStart(line), cursor);
        int found = body.indexOf(text, from);
        if (found < 0) {
            found = body.indexOf(text, lineStart(line));
        }
        if (found >= 0) {
            cursor = found + text.length();
        }
        return found;
    }

    /** PERFORM's tree says SELECT instead: where the word PERFORM stands. */
    int findPerform(String query, int line) {
        int rest = find(query.substring(LENGTH_OF_SELECT), line);
        Matcher perform = PERFORM.matcher(body);
        int found = -1;
        int from = lineStart(line);
        while (rest >= 0 && perform.find(from) && perform.start() < rest) {
            found = perform.start();
            from = perform.end();
        }
        return found;
    }

    /** The first character of a line that is no space. */
    int lineText(int line) {
        int at = lineStart(line);
        while (at < body.length() && Character.isWhitespace(body.charAt(at))) {
            at++;
        }
        return Math.min(at, body.length());
    }

    private int lineStart(int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            int newline = body.indexOf('\n', at);
            if (newline < 0) {
                return at;
            }
            at = newline + 1;
        }
        return at;
    }
}
