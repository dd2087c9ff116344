package dev.nightshift.schema;

import java.util.List;

/** Cuts Flyway's messages down to the sentence that says what is wrong. */
final class FlywayReason {

    private static final int LONGEST = 300;

    private FlywayReason() {}

    /** Without headlines, advice to repair, and links. */
    static String of(Throwable failure) {
        List<String> lines = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.matches("-+|https?://.*|Need more flexibility.*|Either .*|.*run repair.*"))
                .toList();
        String text = String.join("; ", lines).replaceAll("\\s+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
