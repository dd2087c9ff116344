package dev.nightshift.guards.lint.script;

/** Where quoted text and comments end. What is never closed runs to the end of the text. */
final class Quotes {
    private final String text;

    Quotes(String text) {
        this.text = text;
    }

    /** {@code 'it''s'}, from its first quote. */
    int plainEnd(int quote) {
        return doubledEnd(quote, '\'');
    }

    /** {@code "a""b"}, from its first quote. */
    int nameEnd(int quote) {
        return doubledEnd(quote, '"');
    }

    private int doubledEnd(int from, char quote) {
        int at = from + 1;
        while (true) {
            int close = text.indexOf(quote, at);
            if (close < 0) {
                return text.length();
            }
            if (close + 1 >= text.length() || text.charAt(close + 1) != quote) {
                return close + 1;
            }
            at = close + 2;
        }
    }

    /** {@code E'it\'s'}, from its first quote; goes on over a line break, as such strings do. */
    int escapedEnd(int quote) {
        int at = quote + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                at += 2;
            } else {
                int next = continuation(at + 1);
                if (next < 0) {
                    return at + 1;
                }
                at = next + 1;
            }
        }
        return text.length();
    }

    /** The quote that continues a string after white space with a line break in it; -1 when there is none. */
    private int continuation(int from) {
        int at = from;
        boolean newline = false;
        while (at < text.length() && Lexer.isSpace(text.charAt(at))) {
            newline |= text.charAt(at) == '\n' || text.charAt(at) == '\r';
            at++;
        }
        return newline && at < text.length() && text.charAt(at) == '\'' ? at : -1;
    }

    /** {@code $tag$ … $tag$}, from its first dollar; -1 when no dollar quote begins here. */
    int dollarEnd(int dollar) {
        int at = dollar + 1;
        while (at < text.length() && text.charAt(at) != '$') {
            char c = text.charAt(at);
            if (!Lexer.isWordStart(c) && !(Lexer.isDigit(c) && at > dollar + 1)) {
                return -1;
            }
            at++;
        }
        if (at >= text.length()) {
            return -1;
        }
        String tag = text.substring(dollar, at + 1);
        int close = text.indexOf(tag, at + 1);
        return close < 0 ? text.length() : close + tag.length();
    }

    /** {@code /* … /* … *}{@code / … *}{@code /}: comments nest. */
    int commentEnd(int from) {
        int depth = 1;
        int at = from + 2;
        while (at < text.length() && depth > 0) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
        return Math.min(at, text.length());
    }
}
