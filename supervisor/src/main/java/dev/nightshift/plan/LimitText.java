package dev.nightshift.plan;

import dev.nightshift.guards.guard.Comparison;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one limit: {@code 5s}, {@code 256MiB for 10s}, {@code 20 for 30s}, {@code > 0.5 for 1m}. */
final class LimitText {

    private static final Pattern FORM = Pattern.compile("(\\S+)(?:\\s+for\\s+(\\S+))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}(?:\\.\\d{1,6})?(?:e\\d{1,2})?");
    private static final Pattern COMPARED =
            Pattern.compile("(>=|>|<=|<)?\\s*(-?\\d{1,15}(?:\\.\\d{1,9})?(?:e-?\\d{1,2})?)(?:\\s+for\\s+(\\S+))?");
    private static final Map<String, Comparison> COMPARISONS =
            Map.of(">=", Comparison.AT_LEAST, ">", Comparison.ABOVE, "<=", Comparison.AT_MOST, "<", Comparison.BELOW);
    private static final Pattern PER_CENT = Pattern.compile("(\\d{1,3})\\s?%");

    private LimitText() {}

    /**
     * Reads a limit in the unit of its guard; how it compares is the guard's, not the plan's, to say.
     *
     * @throws IllegalArgumentException when it is none, or has no unit
     */
    static Limit parse(GuardKind kind, Level level, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected a limit such as " + example(kind.unit()) + ", found '" + text + "'");
        }
        Comparison comparison = kind.defaults().at(level).map(Limit::comparison).orElse(Comparison.AT_LEAST);
        String lasting = form.group(2);
        return new Limit(
                value(kind.unit(), form.group(1)),
                lasting == null ? Duration.ZERO : Quantities.duration(lasting),
                comparison);
    }

    /**
     * Reads the limit of a number that only the plan knows: {@code > 0.5 for 1m}; a bare number is reached from below.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Limit compared(String text) {
        Matcher form = COMPARED.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("expected a limit such as '> 0.5 for 1m', found '" + text + "'");
        }
        String sign = form.group(1);
        String lasting = form.group(3);
        return new Limit(
                Double.parseDouble(form.group(2)),
                lasting == null ? Duration.ZERO : Quantities.duration(lasting),
                sign == null ? Comparison.AT_LEAST : COMPARISONS.getOrDefault(sign, Comparison.AT_LEAST));
    }

    private static double value(Unit unit, String text) {
        return switch (unit) {
            case DURATION -> Quantities.duration(text).toMillis() / 1000.0;
            case BYTES -> Quantities.size(text).bytes();
            case RATE -> Quantities.size(perSecond(text)).bytes();
            case COUNT, NUMBER -> number(text);
            case FRACTION -> fraction(text);
            case RATIO -> ratio(text);
        };
    }

    private static String perSecond(String text) {
        if (!text.endsWith("/s")) {
            throw new IllegalArgumentException("expected a rate such as 16MB/s, found '" + text + "'");
        }
        return text.substring(0, text.length() - 2);
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number, found '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    private static double fraction(String text) {
        double value = ratio(text);
        if (value > 1) {
            throw new IllegalArgumentException("expected a share from 0 to 1, or 0% to 100%, found '" + text + "'");
        }
        return value;
    }

    private static double ratio(String text) {
        Matcher perCent = PER_CENT.matcher(text);
        return perCent.matches() ? Integer.parseInt(perCent.group(1)) / 100.0 : number(text);
    }

    static String example(Unit unit) {
        return switch (unit) {
            case DURATION -> "5s";
            case BYTES -> "256MiB";
            case RATE -> "16MB/s";
            case COUNT -> "20 for 30s";
            case FRACTION -> "75%";
            case RATIO -> "150%";
            case NUMBER -> "0.5 for 1m";
        };
    }
}
