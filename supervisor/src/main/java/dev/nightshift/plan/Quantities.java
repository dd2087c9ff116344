package dev.nightshift.plan;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and sizes as plans write them: a whole number and a unit, always with the unit. */
final class Quantities {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})([A-Za-z]*)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES = sizes();

    /** Longer than any migration, and short enough to be added to any instant. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Quantities() {}

    /**
     * Reads {@code 500ms, 2s, 5m, 4h} or {@code 1d}.
     *
     * @throws IllegalArgumentException when it is no duration or has no unit
     */
    static Duration duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches() || !TIMES.containsKey(matcher.group(2))) {
            throw wrong("a duration with its unit such as 500ms, 2s, 5m, 4h or 1d", text);
        }
        Duration unit = TIMES.get(matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        if (number > LONGEST.dividedBy(unit)) {
            throw wrong("a duration up to 3650d", text);
        }
        return unit.multipliedBy(number);
    }

    /** As {@link #duration(String)}, and refuses what lies outside the limits, which are given as plans write them. */
    static Duration duration(String text, String least, String most) {
        Duration duration = duration(text);
        if (duration.compareTo(duration(least)) < 0 || duration.compareTo(duration(most)) > 0) {
            throw wrong("a duration from " + least + " to " + most, text);
        }
        return duration;
    }

    /**
     * Reads {@code 64MiB, 256MB} or {@code 4GiB}.
     *
     * @throws IllegalArgumentException when it is no size or has no unit
     */
    static ByteSize size(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches() || !SIZES.containsKey(matcher.group(2))) {
            throw wrong("a size with its unit such as 512kB, 256MB, 64MiB or 4GiB", text);
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), SIZES.get(matcher.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expected a size below 8 EiB, found '" + text + "'", e);
        }
    }

    private static IllegalArgumentException wrong(String expected, String found) {
        return new IllegalArgumentException("expected " + expected + ", found '" + found + "'");
    }

    private static Map<String, Long> sizes() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put("B", 1L);
        String[] decimal = {"kB", "MB", "GB", "TB"};
        String[] binary = {"KiB", "MiB", "GiB", "TiB"};
        long thousands = 1;
        for (int i = 0; i < decimal.length; i++) {
            thousands *= 1000;
            sizes.put(decimal[i], thousands);
            sizes.put(binary[i], 1L << (10 * (i + 1)));
        }
        return sizes;
    }
}
