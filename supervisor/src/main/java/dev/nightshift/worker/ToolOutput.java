package dev.nightshift.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a tool prints, in pieces for the journal: all of its beginning, then now and then the newest lines, and its last
 * lines at the end, so that one that prints without end fills no disk.
 */
final class ToolOutput {

    /** As much is kept of the beginning, and as much of the end. */
    static final int KEPT = 16 * 1024;

    private static final int LONGEST_LINE = 1_000;
    private static final int PIECE = 2 * 1024;
    private static final long SOON = 2_000;
    private static final long SELDOM = 30_000;

    private final Deque<String> waiting = new ArrayDeque<>();
    private int size;
    private int told;
    private long leftOut;
    private long tellAt;
    private String last = "";

    /** From whichever thread reads. */
    synchronized void line(String text) {
        String line = text.stripTrailing();
        if (line.length() > LONGEST_LINE) {
            line = line.substring(0, LONGEST_LINE) + "…";
        }
        if (!line.isBlank()) {
            last = line;
        }
        waiting.add(line);
        size += line.length() + 1;
        while (size > KEPT) {
            size -= waiting.remove().length() + 1;
            leftOut++;
        }
    }

    /** The newest line that is not blank. */
    synchronized String last() {
        return last;
    }

    /** What is to be told now, in one piece of several lines; empty when nothing is. */
    synchronized String piece(long nowMillis) {
        if (waiting.isEmpty() || nowMillis < tellAt) {
            return "";
        }
        boolean early = told < KEPT;
        tellAt = nowMillis + (early ? SOON : SELDOM);
        String piece = early ? taken(KEPT) : taken(PIECE);
        told += piece.length();
        return piece;
    }

    /** Whatever was not told, once it has ended. */
    synchronized String rest() {
        return waiting.isEmpty() ? "" : taken(KEPT);
    }

    /** The newest of at most that size; what stands before is left out. */
    private String taken(int most) {
        while (size > most && waiting.size() > 1) {
            size -= waiting.remove().length() + 1;
            leftOut++;
        }
        List<String> lines = new ArrayList<>();
        if (leftOut > 0) {
            lines.add("… " + leftOut + (leftOut == 1 ? " line" : " lines") + " left out");
        }
        lines.addAll(waiting);
        waiting.clear();
        size = 0;
        leftOut = 0;
        return String.join("\n", lines);
    }
}
