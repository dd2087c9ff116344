package dev.nightshift.guards.lint.script;

import dev.nightshift.guards.lint.script.Token.Kind;
import org.jspecify.annotations.Nullable;

/** A statement in the making: what of it was read, and whether a semicolon may end it here. */
final class Draft {
    private static final int LEADING_WORDS = 4;

    private final String text;
    private final StringBuilder leading = new StringBuilder();
    private int leadingWords;
    private int start = -1;
    private int end = -1;
    private @Nullable StringBuilder changed;
    private int parentheses;
    private int atomic;
    private @Nullable String lastWord;
    private boolean fromStdin;
    private boolean replaced;
    private int prefix;

    Draft(String text) {
        this.text = text;
    }

    boolean mayEnd() {
        return parentheses == 0 && atomic == 0;
    }

    void add(Token token) {
        extend(token);
        if (token.kind() == Kind.WORD) {
            word(token.in(text).toLowerCase(java.util.Locale.ROOT));
        } else {
            lastWord = null;
            if (token.isSymbol(text, '(')) {
                parentheses++;
            } else if (token.isSymbol(text, ')')) {
                parentheses = Math.max(0, parentheses - 1);
            }
        }
    }

    private void word(String word) {
        if (leadingWords < LEADING_WORDS) {
            leading.append(word).append(' ');
            leadingWords++;
        }
        if ((word.equals("stdin") || word.equals("stdout"))
                && "from".equals(lastWord)
                && leading.indexOf("copy ") == 0) {
            fromStdin = true;
        }
        if (definesRoutine() && parentheses == 0) {
            routineWord(word);
        }
        lastWord = word;
    }

    private void routineWord(String word) {
        switch (word) {
            case "atomic" -> {
                if ("begin".equals(lastWord)) {
                    atomic++;
                }
            }
            case "case" -> atomic += atomic > 0 ? 1 : 0;
            case "end" -> atomic -= atomic > 0 ? 1 : 0;
            default -> {}
        }
    }

    private boolean definesRoutine() {
        String words = leading.toString();
        return words.startsWith("create function ")
                || words.startsWith("create procedure ")
                || words.startsWith("create or replace function ")
                || words.startsWith("create or replace procedure ");
    }

    boolean copiesFromStdin() {
        return fromStdin;
    }

    /** A variable or placeholder: a name, or a string, of the same length takes its place. */
    void replace(Token token) {
        boolean first = start < 0;
        extend(token);
        prefix = first ? token.end() - token.start() : prefix;
        lastWord = null;
        replaced = true;
        StringBuilder copy = copyUpTo(token.start());
        String raw = token.in(text);
        if (raw.startsWith(":'") || raw.startsWith(":\"")) {
            copy.append(' ').append(raw, 1, raw.length());
        } else {
            raw.chars().forEach(c -> copy.append(Character.isLetterOrDigit(c) ? (char) c : '_'));
        }
    }

    /** A psql command amid a statement is no part of it. */
    void blank(int from, int to) {
        if (start >= 0) {
            copyUpTo(from).append(" ".repeat(to - from));
            end = Math.max(end, from);
        }
    }

    /** What stands before a whole statement, such as EXPLAIN, is no part of it; alone it is the statement. */
    private void blankPrefix(StringBuilder copy) {
        for (int i = 0; leadingWords > 0 && i < prefix; i++) {
            copy.setCharAt(i, ' ');
        }
    }

    private StringBuilder copyUpTo(int offset) {
        StringBuilder copy = changed == null ? new StringBuilder() : changed;
        changed = copy;
        copy.append(text, start + copy.length(), offset);
        return copy;
    }

    private void extend(Token token) {
        if (start < 0) {
            start = token.start();
        }
        end = token.end();
    }

    @Nullable Piece piece() {
        if (start < 0) {
            return null;
        }
        String statement = text.substring(start, end);
        if (changed != null) {
            blankPrefix(changed);
            int upTo = Math.min(changed.length(), end - start);
            statement = changed.substring(0, upTo) + text.substring(start + upTo, end);
        }
        return new Piece(Piece.Kind.STATEMENT, statement, start, end, replaced);
    }
}
