package dev.nightshift.plan;

import dev.nightshift.plan.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts SQL into tokens by PostgreSQL's rules for quotes, dollar quotes and nested comments; one use, one text. */
final class SqlLexer {

    /** What was found: the tokens up to the first flaw, and that flaw if there is one. */
    record Lexed(List<SqlToken> tokens, @Nullable String flaw) {}

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int depth;
    private @Nullable String flaw;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    static Lexed lex(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.flaw == null && lexer.at < sql.length()) {
            lexer.next();
        }
        if (lexer.flaw == null && lexer.depth > 0) {
            lexer.flaw = "a '(' that is not closed";
        }
        return new Lexed(List.copyOf(lexer.tokens), lexer.flaw);
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            blockComment();
        } else if (c == '\'') {
            quoted(Kind.STRING, at, false);
        } else if (c == '"') {
            quoted(Kind.QUOTED_NAME, at, false);
        } else if (c == '$' && dollarTag() != null) {
            dollarQuoted();
        } else if (startsWord(c)) {
            word();
        } else if (c >= '0' && c <= '9') {
            number();
        } else {
            symbol(c);
        }
    }

    private void blockComment() {
        int start = at;
        int open = 1;
        at += 2;
        while (open > 0 && at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                open++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                open--;
                at += 2;
            } else {
                at++;
            }
        }
        if (open > 0) {
            unclosed("a comment", start);
        }
    }

    /** From the quote at {@code at}; the token begins at {@code start}, which includes a prefix such as E. */
    private void quoted(Kind kind, int start, boolean backslashes) {
        char quote = sql.charAt(at);
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (backslashes && c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at += 2;
            } else {
                at++;
                add(kind, start);
                return;
            }
        }
        at = sql.length();
        unclosed(kind == Kind.STRING ? "a string" : "a quoted name", start);
    }

    /** The opening {@code $tag$} at {@code at}, or null when the dollar sign opens no quote. */
    private @Nullable String dollarTag() {
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != '$') {
            char c = sql.charAt(end);
            if (!startsWord(c) && (end == at + 1 || !Character.isDigit(c))) {
                return null;
            }
            end++;
        }
        return end < sql.length() ? sql.substring(at, end + 1) : null;
    }

    private void dollarQuoted() {
        int start = at;
        String tag = String.valueOf(dollarTag());
        int end = sql.indexOf(tag, at + tag.length());
        if (end < 0) {
            at = sql.length();
            unclosed("a dollar-quoted string", start);
        } else {
            at = end + tag.length();
            add(Kind.STRING, start);
        }
    }

    private void word() {
        int start = at;
        while (at < sql.length() && (startsWord(sql.charAt(at)) || isWordPart(sql.charAt(at)))) {
            at++;
        }
        String prefix = sql.substring(start, at).toUpperCase(Locale.ROOT);
        char after = at < sql.length() ? sql.charAt(at) : ' ';
        if (after == '\'' && (prefix.equals("E") || prefix.equals("B") || prefix.equals("X") || prefix.equals("N"))) {
            quoted(Kind.STRING, start, prefix.equals("E"));
        } else if (prefix.equals("U") && (sql.startsWith("&'", at) || sql.startsWith("&\"", at))) {
            at++;
            quoted(sql.charAt(at) == '"' ? Kind.QUOTED_NAME : Kind.STRING, start, false);
        } else {
            add(Kind.WORD, start);
        }
    }

    private void number() {
        int start = at;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(Kind.NUMBER, start);
    }

    private void symbol(char c) {
        int start = at;
        at++;
        if (c == ')') {
            depth--;
        }
        if (depth < 0) {
            flaw = "a ')' without its '(' at character " + (start + 1);
            return;
        }
        add(Kind.SYMBOL, start);
        if (c == '(') {
            depth++;
        }
    }

    private static boolean startsWord(char c) {
        return Character.isLetter(c) || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return Character.isDigit(c) || c == '$';
    }

    private void add(Kind kind, int start) {
        String text = sql.substring(start, at);
        tokens.add(new SqlToken(kind, kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : text, depth, start, at));
    }

    private void unclosed(String what, int start) {
        flaw = what + " that begins at character " + (start + 1) + " and is not closed";
    }
}
