package dev.nightshift.guards.pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many rows the next batch takes: by time, with a cap on the WAL it may write. A value: each outcome gives the next
 * one.
 */
public final class BatchSizer {
    static final int FEWEST = 10;
    static final int MOST = 50_000;
    static final int DECIDES_ON = 10;
    static final double GROWTH = 1.5;
    static final long WAL_CAP = 16L << 20;
    /** Where no replica has to keep up, a batch is only kept from growing without an end. */
    static final long UNPACED_WAL_CAP = 64L << 20;
    /** A batch is a burst to every replica; half a second of pace keeps it far below any budget. */
    static final double CAP_SECONDS = 0.5;

    private static final int FAR_OVER = 5;
    private static final double BYTES_SMOOTHING = 0.3;

    private final int rows;
    private final Duration target;
    private final List<Double> recent;
    private final double bytesPerRow;

    private BatchSizer(int rows, Duration target, List<Double> recent, double bytesPerRow) {
        this.rows = Math.max(FEWEST, Math.min(MOST, rows));
        this.target = target;
        this.recent = List.copyOf(recent);
        this.bytesPerRow = bytesPerRow;
    }

    /** 500 rows, aiming at half a second. */
    public static BatchSizer standard() {
        return starting(500, Duration.ofMillis(500));
    }

    public static BatchSizer starting(int rows, Duration target) {
        return new BatchSizer(rows, target, List.of(), 0);
    }

    /**
     * The size of the next batch.
     *
     * @param walRate the permitted bytes a second, infinite when unlimited
     */
    public int rows(double walRate) {
        if (bytesPerRow <= 0) {
            return rows;
        }
        return (int) Math.max(FEWEST, Math.min(rows, walBytes(walRate) / bytesPerRow));
    }

    /** WAL bytes that a batch may write. */
    public double walBytes(double walRate) {
        return Double.isInfinite(walRate) ? UNPACED_WAL_CAP : Math.min(WAL_CAP, walRate * CAP_SECONDS);
    }

    /** WAL bytes that a row was seen to write, smoothed; 0 before the first batch. */
    public double bytesPerRow() {
        return bytesPerRow;
    }

    /** After a committed batch. */
    public BatchSizer after(BatchOutcome done) {
        double smoothed = smoothed(done);
        double share = (double) done.took().toNanos() / target.toNanos();
        if (share > FAR_OVER) {
            return new BatchSizer(rows / 10, target, List.of(), smoothed);
        }
        List<Double> seen = new ArrayList<>(recent);
        seen.add(share * rows / Math.max(1, done.asked()));
        return decided(seen, smoothed);
    }

    /** After a lock timeout, deadlock, serialisation failure or statement timeout. */
    public BatchSizer halved() {
        return new BatchSizer(rows / 2, target, List.of(), bytesPerRow);
    }

    private BatchSizer decided(List<Double> seen, double bytes) {
        double p90 = p90(seen);
        if (seen.size() < needed(p90)) {
            return new BatchSizer(rows, target, seen, bytes);
        }
        double factor = p90 <= 0 ? GROWTH : Math.max(0.5, Math.min(GROWTH, 1 / p90));
        return new BatchSizer((int) Math.round(rows * factor), target, List.of(), bytes);
    }

    private double smoothed(BatchOutcome done) {
        if (done.changed() <= 0) {
            return bytesPerRow;
        }
        double bytes = (double) done.walBytes() / done.changed();
        return bytesPerRow <= 0 ? bytes : bytesPerRow + BYTES_SMOOTHING * (bytes - bytesPerRow);
    }

    /** Ten batches decide; when even the slowest is far below the target, fewer say the same. */
    private static int needed(double p90) {
        if (p90 < 0.1) {
            return 1;
        }
        return p90 < 0.4 ? 3 : DECIDES_ON;
    }

    private static double p90(List<Double> seen) {
        List<Double> sorted = new ArrayList<>(seen);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1);
    }
}
