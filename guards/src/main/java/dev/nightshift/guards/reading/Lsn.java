package dev.nightshift.guards.reading;

import java.util.Locale;

/** A position in the write-ahead log, in bytes since its beginning; written as PostgreSQL does: {@code 16/B374D848}. */
public record Lsn(long position) implements Comparable<Lsn> {

    /**
     * Reads PostgreSQL's text form.
     *
     * @throws IllegalArgumentException when the text is not two hexadecimal numbers with a slash between
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        try {
            long high = Long.parseLong(text, 0, slash, 16);
            long low = Long.parseLong(text, slash + 1, text.length(), 16);
            return new Lsn(high << 32 | low);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("expected a WAL position such as 16/B374D848, found '" + text + "'", e);
        }
    }

    /** Bytes from {@code earlier} to this position; negative when this one lies before it. */
    public long minus(Lsn earlier) {
        return position - earlier.position;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
    }
}
