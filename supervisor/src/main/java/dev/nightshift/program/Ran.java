package dev.nightshift.program;

import java.time.Duration;
import java.util.List;

/**
 * How a program ended, and what it said; no secret is in it.
 *
 * @param status its exit status where it ended by itself, else -1
 * @param output what it printed, up to {@link Programs#MOST_OUTPUT} characters
 * @param cut whether it printed more
 * @param complaints the last lines of its standard error
 * @param took from its start to its end
 */
public record Ran(End end, int status, String output, boolean cut, List<String> complaints, Duration took) {

    /** Who ended it. */
    public enum End {
        /** It ended by itself. */
        EXITED,
        /** It was ended at its time limit. */
        OVERDUE,
        /** It was ended because the work was to stop. */
        STOPPED,
        /** There is no such program. */
        MISSING
    }

    public Ran {
        complaints = List.copyOf(complaints);
    }

    public boolean good() {
        return end == End.EXITED && status == 0;
    }

    /** In one line, for people: {@code exit status 3: no such snapshot}. */
    public String inWords() {
        String last = complaints.isEmpty() ? "it said nothing" : String.join(" / ", lastOf(complaints));
        return switch (end) {
            case EXITED -> "exit status " + status + ": " + last;
            case OVERDUE -> "ended after " + took.toSeconds() + " s without an answer: " + last;
            case STOPPED -> "ended because the work was to stop";
            case MISSING -> last;
        };
    }

    private static List<String> lastOf(List<String> lines) {
        int most = 3;
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }
}
