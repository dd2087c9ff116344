package dev.nightshift.bench.report;

import java.util.Locale;

/** What is asked of a measurement, what was seen, and whether that holds. */
public record Threshold(String what, String asked, String seen, boolean holds) {

    /** At most so much of a unit. */
    public static Threshold atMost(String what, double most, double seen, String unit) {
        return new Threshold(what, "<= " + number(most, unit), number(seen, unit), seen <= most);
    }

    public static Threshold atLeast(String what, double least, double seen, String unit) {
        return new Threshold(what, ">= " + number(least, unit), number(seen, unit), seen >= least);
    }

    private static String number(double number, String unit) {
        return String.format(Locale.ROOT, number >= 1_000 ? "%,.0f%s" : "%.3g%s", number, unit);
    }

    /** One line for a terminal. */
    public String line() {
        return String.format(
                Locale.ROOT, "%-6s %-66s asked %-12s seen %s", holds ? "holds" : "FAILS", what, asked, seen);
    }
}
