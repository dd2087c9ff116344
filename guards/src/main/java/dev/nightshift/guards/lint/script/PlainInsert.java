package dev.nightshift.guards.lint.script;

import dev.nightshift.guards.lint.script.Token.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises INSERT … VALUES with nothing but constants in its rows: its data needs no parser. */
public final class PlainInsert {
    private static final Set<String> CONSTANTS =
            Set.of("null", "true", "false", "default", "current_timestamp", "current_date");
    private static final String ONE_ROW = " (NULL)";

    private PlainInsert() {}

    /** The statement with one row of NULL in place of its rows; empty when it is not of this kind. */
    public static Optional<String> shape(String statement) {
        if (!statement.regionMatches(true, 0, "insert", 0, "insert".length())) {
            return Optional.empty();
        }
        Lexer lexer = new Lexer(statement);
        Token token = lexer.nextWithMeaning();
        while (token != null && !token.isWord(statement, "values")) {
            if (token.isWord(statement, "select") || token.isWord(statement, "with")) {
                return Optional.empty();
            }
            token = lexer.nextWithMeaning();
        }
        if (token == null) {
            return Optional.empty();
        }
        int rows = token.end();
        int end = rowsEnd(statement, lexer);
        return end < 0
                ? Optional.empty()
                : Optional.of(statement.substring(0, rows) + ONE_ROW + statement.substring(end));
    }

    /** Where the rows end, which is at the end or before ON or RETURNING; -1 when a row holds more than constants. */
    private static int rowsEnd(String statement, Lexer lexer) {
        Rows rows = new Rows(statement);
        for (@Nullable Token token = lexer.nextWithMeaning(); token != null; token = lexer.nextWithMeaning()) {
            if (rows.mayEnd() && token.kind() == Kind.WORD) {
                return rows.end;
            }
            if (!rows.accepts(token)) {
                return -1;
            }
        }
        return rows.mayEnd() ? rows.end : -1;
    }

    /** Reads {@code (1, 'a'), (2, 'b')} token by token. */
    private static final class Rows {
        private final String statement;
        private boolean inRow;
        private boolean wantsItem = true;
        private int end = -1;

        Rows(String statement) {
            this.statement = statement;
        }

        boolean mayEnd() {
            return !inRow && !wantsItem;
        }

        boolean accepts(Token token) {
            if (token.isSymbol(statement, ',')) {
                boolean follows = !wantsItem;
                wantsItem = true;
                return follows;
            }
            if (token.isSymbol(statement, '(')) {
                boolean begins = !inRow && wantsItem;
                inRow = true;
                return begins;
            }
            if (token.isSymbol(statement, ')')) {
                boolean ends = inRow && !wantsItem;
                inRow = false;
                end = token.end();
                return ends;
            }
            if (token.isSymbol(statement, '-') || token.isSymbol(statement, '+')) {
                return inRow && wantsItem;
            }
            boolean item = inRow && wantsItem && isConstant(token);
            wantsItem = false;
            return item;
        }

        private boolean isConstant(Token token) {
            return token.kind() == Kind.STRING
                    || token.kind() == Kind.NUMBER
                    || (token.kind() == Kind.WORD
                            && CONSTANTS.contains(token.in(statement).toLowerCase(Locale.ROOT)));
        }
    }
}
