package dev.nightshift.postgres;

/**
 * How many blocks a range takes and how many stripes: arithmetic over what a leaf's pages hold. Figures behind the
 * constants stand in docs/adr/0010-a-heap-walk-in-stripes.md.
 *
 * @param whereAny matching rows of a page that holds any
 * @param everywhere matching rows of a page on the average
 * @param heaviest WAL bytes that the heaviest stripe of a range writes for each of its blocks: most often the first, which
 *     touches each page for the first time and gives its rows new index entries; 0 before any was seen
 */
record HeapSizes(double whereAny, double everywhere, double heaviest) {

    static final HeapSizes UNKNOWN = sampled(32, 32);

    static final int MOST_STRIPES = 16;

    /** A stripe that moves fewer rows of a page than this leaves no room that the next one could use. */
    private static final double ROWS_A_STRIPE = 2;

    /** What a batch reads of pages with hardly a matching row. */
    private static final long MOST_READ = 16_384;

    private static final double PAGE_BYTES = 8192;

    private static final double SMOOTHING = 0.3;

    static HeapSizes sampled(double whereAny, double everywhere) {
        return new HeapSizes(whereAny, everywhere, 0);
    }

    /** A power of two. */
    int stripes() {
        double most = Math.min(MOST_STRIPES, whereAny / ROWS_A_STRIPE);
        return most < 1 ? 1 : Integer.highestOneBit((int) most);
    }

    /**
     * Of the next range: by the rows that one stripe of it should visit, and by the WAL of its heaviest stripe.
     */
    long blocks(int rows, double walBytes, int stripes) {
        double byWal = walBytes / (heaviest > 0 ? heaviest : atWorst(stripes));
        double wanted = Math.min(byRows(rows, stripes), byWal);
        return (long) Math.max(1, Math.min(MOST_READ, wanted));
    }

    /** Just after a checkpoint, each page and a page of an index for each row are written in full. */
    private double atWorst(int stripes) {
        double rows = everywhere / stripes;
        return PAGE_BYTES * (Math.min(1, rows) + rows);
    }

    /** Blocks of which one stripe visits so many rows. */
    double byRows(int rows, int stripes) {
        return (double) rows * stripes / Math.max(everywhere, 1e-9);
    }

    /** Rows that one stripe of so many blocks visits. */
    int rows(long blocks, int stripes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(blocks * everywhere / stripes)));
    }

    /**
     * After a whole range. A checkpoint makes the WAL of a stripe several times as much at once, so more is believed at once
     * and less only by and by.
     *
     * @param rowsOfPage how many rows of a page were changed
     * @param walOfPage what its heaviest stripe wrote for each page
     */
    HeapSizes seen(double rowsOfPage, double walOfPage) {
        double wal = walOfPage >= heaviest ? walOfPage : smoothed(heaviest, walOfPage);
        return new HeapSizes(whereAny, smoothed(everywhere, rowsOfPage), wal);
    }

    private static double smoothed(double before, double now) {
        return before + SMOOTHING * (now - before);
    }
}
