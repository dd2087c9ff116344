package dev.nightshift.guards.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the touched tables are defined.
 *
 * @param now a hash by the name of each table that is there
 * @param before what the run's history says of the last look; empty where there was none
 * @param ownSteps whether a step of the run may have changed them since
 */
public record Definitions(Fact<Map<String, String>> now, Optional<Map<String, String>> before, boolean ownSteps) {

    private static final String START = "definitions: ";
    private static final Pattern ONE = Pattern.compile("(\\S.*?) ([0-9a-f]{16})(?:, |$)");

    /** As a line of history has them: {@code definitions: public.orders 3f2a9c1d0b774e12, …}. */
    static String text(Map<String, String> hashes) {
        return new TreeMap<>(hashes)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", START, ""));
    }

    /** What such a line says, whatever stands in front of it; empty where it says nothing of definitions. */
    public static Optional<Map<String, String>> parse(String line) {
        int start = line.indexOf(START);
        if (start < 0) {
            return Optional.empty();
        }
        Map<String, String> hashes = new TreeMap<>();
        Matcher one = ONE.matcher(line.substring(start + START.length()));
        while (one.find()) {
            hashes.put(one.group(1), one.group(2));
        }
        return Optional.of(hashes);
    }
}
