package dev.nightshift.postgres;

/**
 * How many blocks a range takes and how many stripes: arithmetic over what a leaf's pages hold. Figures behind the
 * constants stand in docs/adr/0010-a-heap-walk-in-stripes.md.
 *
 * @param whereAny matching rows of a page that holds any
 * @param everywhere matching rows of a page on the average
 */
record HeapSizes(double whereAny, double everywhere) {

    static final HeapSizes UNKNOWN = new HeapSizes(32, 32);

    static final int MOST_STRIPES = 16;

    /** A stripe that moves fewer rows of a page than this leaves no room that the next one could use. */
    private static final double ROWS_A_STRIPE = 2;

    /** What a batch reads of pages with hardly a matching row. */
    private static final long MOST_READ = 16_384;

    private static final double PAGE_BYTES = 8192;

    /** A power of two. */
    int stripes() {
        double most = Math.min(MOST_STRIPES, whereAny / ROWS_A_STRIPE);
        return most < 1 ? 1 : Integer.highestOneBit((int) most);
    }

    /**
     * Of the next range: by the rows that one stripe of it should visit, and by the WAL of its first stripe, which
     * touches each page for the first time. A checkpoint in its midst makes the rest of it do so once more.
     */
    long blocks(int rows, double walBytes, int stripes) {
        double touchedShare = Math.min(1, everywhere / stripes);
        double byWal = walBytes / PAGE_BYTES / Math.max(touchedShare, 1e-9);
        double wanted = Math.min(byRows(rows, stripes), byWal);
        return (long) Math.max(1, Math.min(MOST_READ, wanted));
    }

    /** Blocks of which one stripe visits so many rows. */
    double byRows(int rows, int stripes) {
        return (double) rows * stripes / Math.max(everywhere, 1e-9);
    }

    /** Rows that one stripe of so many blocks visits. */
    int rows(long blocks, int stripes) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(blocks * everywhere / stripes)));
    }

    /** After a whole range in which so many rows of a page were changed. */
    HeapSizes seen(double rowsOfPage) {
        return new HeapSizes(whereAny, everywhere + 0.3 * (rowsOfPage - everywhere));
    }
}
