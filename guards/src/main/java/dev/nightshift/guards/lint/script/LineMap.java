package dev.nightshift.guards.lint.script;

import java.util.Arrays;

/** Lines and columns of a text, both counted from 1, columns in whole characters (code points). */
public final class LineMap {
    private final String text;
    private final int[] starts;

    public LineMap(String text) {
        this.text = text;
        int[] found = new int[16];
        int count = 1;
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = newline + 1;
        }
        this.starts = Arrays.copyOf(found, count);
    }

    public int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public int column(int offset) {
        int start = starts[line(offset) - 1];
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** A line's text without its line break; lines are counted from 1. */
    public String text(int line) {
        int from = starts[line - 1];
        int to = line < starts.length ? starts[line] - 1 : text.length();
        return text.substring(from, to).replace("\r", "");
    }

    public int start(int line) {
        return starts[Math.min(line, starts.length) - 1];
    }
}
