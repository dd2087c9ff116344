package dev.nightshift.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Days of a calendar from the first to the last one, both included. */
public record Days(LocalDate first, LocalDate last) {

    /** Who does not want a window for longer than a year does not want it. */
    private static final int MOST = 366;

    private static final String EXPECTED = "expected a date such as 2026-12-24, or two such as 2026-12-20..2027-01-03";

    public Days {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("expected the earlier date first, found " + first + ".." + last);
        }
        if (ChronoUnit.DAYS.between(first, last) >= MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " days, found " + first + ".." + last);
        }
    }

    public static Days of(LocalDate day) {
        return new Days(day, day);
    }

    /**
     * Reads {@code 2026-12-24} or {@code 2026-12-20..2027-01-03}.
     *
     * @throws IllegalArgumentException when it is neither; the message says what was expected and found
     */
    public static Days parse(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(EXPECTED + ", found '" + text + "'");
        }
        return new Days(date(ends[0], text), date(ends[ends.length - 1], text));
    }

    private static LocalDate date(String part, String whole) {
        try {
            return LocalDate.parse(part);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(EXPECTED + ", found '" + whole + "'", e);
        }
    }

    public boolean contain(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** As it is written in a plan. */
    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + ".." + last;
    }
}
