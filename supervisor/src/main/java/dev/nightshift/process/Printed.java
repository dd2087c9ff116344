package dev.nightshift.process;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a short command printed.
 *
 * @param exit empty when it had to be ended
 * @param complaints what it wrote to its standard error
 */
record Printed(OptionalInt exit, List<String> lines, List<String> complaints) {

    Printed {
        lines = List.copyOf(lines);
        complaints = List.copyOf(complaints);
    }

    boolean isGood() {
        return exit.equals(OptionalInt.of(0));
    }

    /** The last line that is not blank, of its complaints where there are any. */
    String last() {
        return Stream.concat(lines.stream(), complaints.stream())
                .filter(line -> !line.isBlank())
                .reduce("", (before, line) -> line)
                .strip();
    }

    boolean complainsOf(String words) {
        return Stream.concat(lines.stream(), complaints.stream()).anyMatch(line -> line.contains(words));
    }

    /** In words, for a person. */
    String ending() {
        String how = exit.isPresent() ? "ended with exit status " + exit.getAsInt() : "did not end in time";
        return how + (last().isEmpty() ? "" : ": " + last());
    }
}
