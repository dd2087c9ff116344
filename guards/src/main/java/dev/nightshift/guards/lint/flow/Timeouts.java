package dev.nightshift.guards.lint.flow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A timeout setting's value as PostgreSQL reads it: milliseconds without a unit. */
public final class Timeouts {
    private static final Pattern VALUE = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|min|h|d)?\\s*");
    private static final Map<String, Double> MILLIS =
            Map.of("us", 0.001, "ms", 1.0, "s", 1_000.0, "min", 60_000.0, "h", 3_600_000.0, "d", 86_400_000.0);

    private Timeouts() {}

    /** Empty when the text is no time; zero means that there is no limit. */
    public static Optional<Duration> parse(String value) {
        Matcher matcher = VALUE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        return Optional.of(Duration.ofMillis(
                (long) Math.ceil(Double.parseDouble(matcher.group(1)) * MILLIS.getOrDefault(unit, 1.0))));
    }
}
