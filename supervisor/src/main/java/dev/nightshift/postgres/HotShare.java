package dev.nightshift.postgres;

import java.util.Locale;

/**
 * How many updated rows stayed in their page, so that no index was written for them; older batches count less and less.
 *
 * @param updated NaN when the server does not count
 */
record HotShare(double updated, double stayed) {

    static final HotShare UNKNOWN = new HotShare(Double.NaN, Double.NaN);
    static final HotShare NONE_YET = new HotShare(0, 0);

    private static final double KEPT = 0.97;
    private static final double ENOUGH = 2_000;

    HotShare and(long rows, long ofThem) {
        return new HotShare(updated * KEPT + rows, stayed * KEPT + ofThem);
    }

    /** Fewer than half of enough rows to tell. */
    boolean isLow() {
        return updated >= ENOUGH && stayed < updated / 2;
    }

    /** {@code , HOT 91 %}, or nothing. */
    String words() {
        return updated > 0 ? String.format(Locale.ROOT, ", HOT %.0f %%", 100 * stayed / updated) : "";
    }
}
