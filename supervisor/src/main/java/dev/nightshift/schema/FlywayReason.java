package dev.nightshift.schema;

import java.util.List;

/** Cuts Flyway's messages down to the sentence that says what is wrong. */
final class FlywayReason {

    private static final int LONGEST = 300;

    private FlywayReason() {}

    static String of(Throwable failure) {
        return of(String.valueOf(failure.getMessage()));
    }

    /** Without headlines, advice to repair, and links. */
    static String of(String message) {
        List<String> lines = message.lines()
                .map(String::strip)
                .filter(
                        line -> !line.isEmpty()
                                && !line.matches(
                                        "-+|https?://.*|Need more flexibility.*|Either .*|.*\\brun repair\\b.*|.*execute repair.*"))
                .toList();
        String text = String.join("; ", lines).replaceAll("\\s+", " ").replace("; -> ", ", ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
