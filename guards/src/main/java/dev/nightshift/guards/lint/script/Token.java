package dev.nightshift.guards.lint.script;

/** A piece of a script's text by its lexical kind: {@code [start, end)} in characters of the Java string. */
public record Token(Kind kind, int start, int end) {
    /** What a token is to a reader who knows quotes and comments but no grammar. */
    public enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        LINE_COMMENT,
        BLOCK_COMMENT,
        /** {@code $1} */
        PARAMETER,
        /** psql's {@code :name}, {@code :'name'} or {@code :"name"} */
        VARIABLE,
        /** a runner's <code>${name}</code> */
        PLACEHOLDER,
        /** psql's backslash: the rest of the line is not SQL */
        BACKSLASH;

        boolean isComment() {
            return this == LINE_COMMENT || this == BLOCK_COMMENT;
        }
    }

    public String in(String text) {
        return text.substring(start, end);
    }

    public boolean isWord(String text, String word) {
        return kind == Kind.WORD
                && end - start == word.length()
                && text.regionMatches(true, start, word, 0, end - start);
    }

    public boolean isSymbol(String text, char symbol) {
        return kind == Kind.SYMBOL && text.charAt(start) == symbol;
    }
}
