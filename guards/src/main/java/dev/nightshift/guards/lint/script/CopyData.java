package dev.nightshift.guards.lint.script;

import org.jspecify.annotations.Nullable;

/** Finds the lines of data that follow COPY … FROM STDIN, up to the line {@code \.}. */
final class CopyData {
    private static final String END = "\n\\.";

    private final String text;
    private boolean noEndFollows;

    CopyData(String text) {
        this.text = text;
    }

    /** The data after a statement; null when no end of data follows, for then the script is not meant for psql. */
    @Nullable Piece after(int statementEnd) {
        if (noEndFollows) {
            return null;
        }
        int line = text.indexOf('\n', statementEnd);
        int from = line;
        while (from >= 0) {
            int end = text.indexOf(END, from);
            if (end < 0) {
                break;
            }
            int last = end + END.length();
            if (last == text.length() || text.charAt(last) == '\n' || text.charAt(last) == '\r') {
                return Piece.of(Piece.Kind.COPY_DATA, "", line + 1, last);
            }
            from = last;
        }
        noEndFollows = true;
        return null;
    }
}
