package dev.nightshift.guards.lint.script;

import dev.nightshift.guards.lint.script.Token.Kind;
import org.jspecify.annotations.Nullable;

/** Reads a script token by token, as PostgreSQL's and psql's scanners do with standard_conforming_strings on. */
public final class Lexer {
    private static final int LONGEST_REMEMBERED = "ARRAY".length();

    private final String text;
    private final Quotes quotes;
    private final int end;
    private int at;
    /** What each open bracket is: an array's {@code a}, or {@code s} of a subscript, in which a colon makes a slice. */
    private final StringBuilder brackets = new StringBuilder();

    private String before = "";

    public Lexer(String text) {
        this(text, 0);
    }

    Lexer(String text, int from) {
        this.text = text;
        this.quotes = new Quotes(text);
        this.end = text.length();
        this.at = from;
    }

    /** The next token, comments included; null at the end of the text. */
    public @Nullable Token next() {
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
        if (at >= end) {
            return null;
        }
        int start = at;
        Kind kind = read(text.charAt(start));
        if (!kind.isComment()) {
            before = at - start <= LONGEST_REMEMBERED ? text.substring(start, at) : "";
        }
        return new Token(kind, start, at);
    }

    /** The next token that is no comment; null at the end of the text. */
    public @Nullable Token nextWithMeaning() {
        Token token = next();
        while (token != null && token.kind().isComment()) {
            token = next();
        }
        return token;
    }

    void skipTo(int offset) {
        at = Math.min(Math.max(at, offset), end);
    }

    private Kind read(char first) {
        if (isWordStart(first)) {
            return readWord();
        }
        if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
            at = Numbers.end(text, at);
            return Kind.NUMBER;
        }
        return switch (first) {
            case '\'' -> to(Kind.STRING, quotes.plainEnd(at));
            case '"' -> to(Kind.QUOTED_NAME, quotes.nameEnd(at));
            case '$' -> readDollar();
            case ':' -> readColon();
            case '\\' -> to(Kind.BACKSLASH, at + 1);
            case '-' -> peek(1) == '-' ? to(Kind.LINE_COMMENT, lineEnd(at)) : to(Kind.SYMBOL, at + 1);
            case '/' -> peek(1) == '*' ? to(Kind.BLOCK_COMMENT, quotes.commentEnd(at)) : to(Kind.SYMBOL, at + 1);
            case '[' -> open();
            case ']' -> close();
            case ';' -> {
                brackets.setLength(0);
                yield to(Kind.SYMBOL, at + 1);
            }
            default -> to(Kind.SYMBOL, at + 1);
        };
    }

    private Kind readWord() {
        char first = text.charAt(at);
        char next = peek(1);
        if (next == '\'') {
            if (first == 'e' || first == 'E') {
                return to(Kind.STRING, quotes.escapedEnd(at + 1));
            }
            if ("bBxXnN".indexOf(first) >= 0) {
                return to(Kind.STRING, quotes.plainEnd(at + 1));
            }
        }
        if ((first == 'u' || first == 'U') && next == '&') {
            char quote = peek(2);
            if (quote == '\'') {
                return to(Kind.STRING, quotes.plainEnd(at + 2));
            }
            if (quote == '"') {
                return to(Kind.QUOTED_NAME, quotes.nameEnd(at + 2));
            }
        }
        while (at < end && isWordPart(text.charAt(at)) && !startsPlaceholder(at)) {
            at++;
        }
        return Kind.WORD;
    }

    private Kind readDollar() {
        if (isDigit(peek(1))) {
            at++;
            while (at < end && isDigit(text.charAt(at))) {
                at++;
            }
            return Kind.PARAMETER;
        }
        if (startsPlaceholder(at)) {
            int close = text.indexOf('}', at);
            if (close > 0 && close < lineEnd(at)) {
                return to(Kind.PLACEHOLDER, close + 1);
            }
        }
        int close = quotes.dollarEnd(at);
        return close < 0 ? to(Kind.SYMBOL, at + 1) : to(Kind.STRING, close);
    }

    private Kind readColon() {
        char next = peek(1);
        if (next == ':' || next == '=') {
            return to(Kind.SYMBOL, at + 2);
        }
        if (inSubscript() && !before.equals(",")) {
            return to(Kind.SYMBOL, at + 1);
        }
        if (next == '\'' || next == '"') {
            return to(Kind.VARIABLE, next == '"' ? quotes.nameEnd(at + 1) : quotes.plainEnd(at + 1));
        }
        if (next == '{' && peek(2) == '?') {
            int close = text.indexOf('}', at);
            return to(Kind.VARIABLE, close < 0 ? end : close + 1);
        }
        if (!isWordStart(next)) {
            return to(Kind.SYMBOL, at + 1);
        }
        at++;
        while (at < end && isWordPart(text.charAt(at)) && text.charAt(at) != '$') {
            at++;
        }
        return Kind.VARIABLE;
    }

    private Kind open() {
        boolean nested = !brackets.isEmpty() && !inSubscript() && (before.equals("[") || before.equals(","));
        brackets.append(nested || before.equalsIgnoreCase("ARRAY") ? 'a' : 's');
        return to(Kind.SYMBOL, at + 1);
    }

    private Kind close() {
        brackets.setLength(Math.max(0, brackets.length() - 1));
        return to(Kind.SYMBOL, at + 1);
    }

    private boolean inSubscript() {
        return !brackets.isEmpty() && brackets.charAt(brackets.length() - 1) == 's';
    }

    private Kind to(Kind kind, int offset) {
        at = offset;
        return kind;
    }

    private int lineEnd(int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? end : newline;
    }

    private boolean startsPlaceholder(int offset) {
        return text.startsWith("${", offset);
    }

    private char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : '\0';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b' || c == '\ufeff';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != '\ufeff');
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
