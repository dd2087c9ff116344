package dev.nightshift.view;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them at night: three digits and a unit. */
public final class Quantity {

    private Quantity() {}

    /** Rows and other things that are counted: {@code 842}, {@code 28.1 k}, {@code 1.84 M}. */
    public static String count(long count) {
        return count((double) count);
    }

    public static String count(double count) {
        String[] units = {"", " k", " M", " G", " T"};
        double value = Math.max(0, count);
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f%s", value, units[unit]);
    }

    public static String bytes(long bytes) {
        return new ByteSize(Math.max(0, bytes)).toString();
    }

    public static String bytes(double bytes) {
        return new ByteSize(Math.max(0, Math.round(bytes))).toString();
    }

    public static String perSecond(double bytes) {
        return bytes(bytes) + "/s";
    }

    /** {@code 40 ms}, {@code 1.2 s}, {@code 5 s}, {@code 4 min 10 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String seconds(double seconds) {
        double size = Math.max(0, seconds);
        if (size > 0 && size < 0.0995) {
            return Math.max(1, Math.round(size * 1000)) + " ms";
        }
        if (size < 59.95) {
            String text = String.format(Locale.ROOT, "%.1f", size);
            return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
        }
        long whole = Math.round(size);
        if (whole < 3600) {
            return joined(whole / 60, "min", whole % 60, "s");
        }
        return whole < 86_400
                ? joined(whole / 3600, "h", whole % 3600 / 60, "min")
                : joined(whole / 86_400, "d", whole % 86_400 / 3600, "h");
    }

    public static String time(Duration duration) {
        return seconds(duration.toMillis() / 1000.0);
    }

    /** {@code 61.3 %}; never 100 % before the last row is done. */
    public static String percent(double ratio) {
        double shown = ratio >= 1 ? 100 : Math.min(99.9, Math.floor(Math.max(0, ratio) * 1000) / 10);
        return String.format(Locale.ROOT, "%.1f %%", shown);
    }

    private static String joined(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
