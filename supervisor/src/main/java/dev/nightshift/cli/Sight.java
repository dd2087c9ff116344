package dev.nightshift.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one look at what is waited for found.
 *
 * @param code with which the waiting ends; {@code TIMEOUT} while it goes on
 * @param what in one line
 * @param more further lines for a person, when it ended badly
 * @param found documents of what was looked at, by their names
 */
record Sight(ExitCode code, String what, List<String> more, Map<String, Object> found) {

    Sight {
        more = List.copyOf(more);
        found = new LinkedHashMap<>(found);
    }

    static Sight notYet(String what, Map<String, Object> found) {
        return new Sight(ExitCode.TIMEOUT, what, List.of(), found);
    }

    static Sight reached(String what, Map<String, Object> found) {
        return new Sight(ExitCode.OK, what, List.of(), found);
    }

    boolean isOver() {
        return code != ExitCode.TIMEOUT;
    }

    /** What programs are told: {@code reached}, {@code ended} or {@code waiting}. */
    String word() {
        return switch (code) {
            case OK -> "reached";
            case TIMEOUT -> "waiting";
            default -> "ended";
        };
    }
}
