package dev.nightshift.guards.preflight;

/**
 * What a step is expected to write, before it has written anything: a figure to plan with, right within a factor of two
 * where it was measured.
 *
 * @param rows to be changed
 * @param growthBytes by which table and indexes grow, for good or until the old ones are gone
 */
public record WalForecast(String step, String table, double rows, double walBytes, double growthBytes, Basis basis) {

    /** What a forecast rests on. */
    public enum Basis {
        SAMPLE("by a sample of its rows"),
        REWRITE("a rewrite, by the size of table and indexes"),
        INDEX("an index, by the size of the others");

        private final String words;

        Basis(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Of a backfill that a sample was taken for. */
    public static WalForecast sampled(String step, String table, double rows, double walBytes, double growthBytes) {
        return new WalForecast(step, table, rows, walBytes, growthBytes, Basis.SAMPLE);
    }

    static final double ROWS_OF_FIRST_BATCH = 500;

    private static final double PAGE = 8192;

    /** Headers of a changed row in the WAL, and its part of claim and commit. Measured on 15: 60 to 100. */
    private static final double ROW_OVERHEAD = 80;

    /** An index entry's record in the WAL, with a key of a number or a uuid. */
    private static final double INDEX_RECORD = 80;

    private static final double INDEX_ENTRY = 32;

    /** A row's lock, and headers of the row and the index entry that keep its old values, in the WAL. Measured on 15: 204. */
    private static final double KEPT_OVERHEAD = 205;

    /** Rows that do not find room in their page, of a walk by stripes: 1 - HOT share, measured 0.81 to 0.91. */
    private static final double MISSED_HOT = 0.2;

    /** A checkpoint begins when this share of max_wal_size was written: 1 / (1 + checkpoint_completion_target). */
    private static final double CHECKPOINT_SHARE = 0.52;

    private static final int ROUNDS = 6;

    /**
     * A backfill as a sample of its table shows it.
     *
     * @param rows to be changed
     * @param rowBytes a row's width
     * @param pages of the heap
     * @param indexes how many
     * @param indexPages of all of them
     * @param hot whether no index holds a column that is set
     * @param inOrder whether the walk's key follows the order of the heap
     * @param keptBytes what it takes to keep a row's old values; 0 when they are not kept
     */
    public record Sample(
            String step,
            String table,
            double rows,
            double rowBytes,
            double pages,
            int indexes,
            double indexPages,
            boolean hot,
            boolean inOrder,
            double keptBytes) {}

    /** How the server writes WAL. */
    public record WalSettings(boolean fullPages, double maxWalSize) {}

    /** Full-page images follow from the number of checkpoints, and that from the WAL: a few rounds settle both. */
    public static WalForecast of(Sample sample, WalSettings settings) {
        double wal = walBytes(sample, 0);
        for (int round = 0; round < ROUNDS && settings.fullPages(); round++) {
            wal = walBytes(sample, Math.max(1, wal / (settings.maxWalSize() * CHECKPOINT_SHARE)));
        }
        double growth = missed(sample) * sample.rows() * sample.rowBytes()
                + entries(sample) * INDEX_ENTRY
                + kept(sample, INDEX_ENTRY);
        return sampled(sample.step(), sample.table(), sample.rows(), wal, growth);
    }

    /** Each of its own transaction; a statement is one. */
    double batches() {
        return basis == Basis.SAMPLE ? rows / ROWS_OF_FIRST_BATCH : 1;
    }

    /** In so many checkpoint cycles; none where pages are never written whole. */
    static double walBytes(Sample sample, double cycles) {
        double plain = sample.rows() * (sample.rowBytes() + ROW_OVERHEAD)
                + entries(sample) * INDEX_RECORD
                + kept(sample, KEPT_OVERHEAD);
        if (cycles == 0) {
            return plain;
        }
        double heapCycles = sample.inOrder() ? 1 : cycles;
        double images = touched(sample.pages(), sample.rows(), heapCycles)
                + missed(sample) * Math.min(sample.pages(), sample.rows())
                + touched(sample.indexPages(), entries(sample), cycles)
                + touched(kept(sample, 0) == 0 ? 0 : sample.rows() * INDEX_ENTRY / PAGE, sample.rows(), cycles);
        return plain + PAGE * images;
    }

    private static double kept(Sample sample, double more) {
        return sample.keptBytes() == 0 ? 0 : sample.rows() * (sample.keptBytes() + more);
    }

    private static double missed(Sample sample) {
        return sample.hot() ? MISSED_HOT : 1;
    }

    private static double entries(Sample sample) {
        return sample.rows() * missed(sample) * sample.indexes();
    }

    /** Changes fall on pages at random: how many pages are hit at least once in each cycle, over all cycles. */
    private static double touched(double pages, double changes, double cycles) {
        return pages == 0 ? 0 : cycles * pages * (1 - Math.exp(-changes / cycles / pages));
    }
}
