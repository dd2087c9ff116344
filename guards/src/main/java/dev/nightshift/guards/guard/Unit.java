package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ByteSize;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** What a guard's numbers count, and how they are written for people. */
public enum Unit {
    /** Seconds. */
    DURATION,
    BYTES,
    /** Bytes a second. */
    RATE,
    COUNT,
    /** 0 to 1, written in per cent. */
    FRACTION,
    /** One number to another, above 1 too, written in per cent. */
    RATIO,
    NUMBER;

    /** Enough to tell a number from the limit that it has just crossed. */
    private static final int NUMBER_DIGITS = 6;

    public String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "without end" : "nothing";
        }
        return switch (this) {
            case DURATION -> seconds(value);
            case BYTES -> bytes(value).toString();
            case RATE -> bytes(value) + "/s";
            case COUNT -> count(value);
            case FRACTION, RATIO -> decimal(value * 100) + " %";
            case NUMBER -> significant(value, NUMBER_DIGITS);
        };
    }

    public static String text(Duration duration) {
        return seconds(duration.toNanos() / 1e9);
    }

    /** {@code 1,234}, and {@code 1.5e9} where nobody reads digits. */
    private static String count(double value) {
        return Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : significant(value / 1e9, 3) + "e9";
    }

    private static ByteSize bytes(double value) {
        return new ByteSize(Math.max(0, Math.round(value)));
    }

    private static String seconds(double value) {
        double size = Math.abs(value);
        if (size > 0 && size < 0.1) {
            return Math.round(value * 1000) + " ms";
        }
        if (Math.round(size * 10) < 600) {
            return decimal(value) + " s";
        }
        long whole = Math.round(size);
        String sign = value < 0 ? "-" : "";
        return whole < 3600
                ? sign + joined(whole / 60, "min", whole % 60, "s")
                : sign + joined(whole / 3600, "h", whole % 3600 / 60, "min");
    }

    private static String joined(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String significant(double value, int digits) {
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
