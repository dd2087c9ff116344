package dev.nightshift.guards.lint.script;

/**
 * One part of a script that is sent to the server, or is client syntax.
 *
 * @param text what the server is sent, without the semicolon; variables and placeholders stand in it as names of the
 *     same length, so that places agree with the script. Empty for COPY data
 * @param start where it begins in the script, in characters of the Java string
 * @param end where it ends, without the semicolon
 * @param filledIn whether names stand in the text for what is only known when it runs
 */
public record Piece(Kind kind, String text, int start, int end, boolean filledIn) {
    static Piece of(Kind kind, String text, int start, int end) {
        return new Piece(kind, text, start, end, false);
    }

    /** What a piece is to the one who runs the script. */
    public enum Kind {
        STATEMENT,
        /** the lines after COPY … FROM STDIN */
        COPY_DATA,
        /** a psql command from its backslash to the end of the line */
        PSQL_COMMAND,
        /** a psql variable inside a statement, which is a piece of its own as well */
        PSQL_VARIABLE
    }
}
