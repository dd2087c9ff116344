package dev.nightshift.postgres;

import java.time.Duration;

/**
 * How many blocks are tidied next: by time, and by the WAL that this may write.
 *
 * @param blocks by time
 * @param walOfBlock WAL bytes that a block is believed to write
 */
record TidySizes(long blocks, double walOfBlock) {

    /** Each page in full, as after a checkpoint. */
    static final TidySizes START = new TidySizes(64, 8192);

    private static final long MOST = 16_384;
    private static final double LEAST_WAL = 16;
    private static final double SMOOTHING = 0.3;
    private static final Duration LONGEST = Duration.ofMillis(100);

    long within(double walBytes) {
        return (long) Math.max(1, Math.min((double) blocks, walBytes / Math.max(LEAST_WAL, walOfBlock)));
    }

    TidySizes halved() {
        return new TidySizes(Math.max(1, blocks / 2), walOfBlock);
    }

    /** After so many were read: more WAL is believed at once, less by and by. */
    TidySizes after(long read, Duration took, long walBytes) {
        double seen = (double) walBytes / read;
        double wal = seen >= walOfBlock ? seen : walOfBlock + SMOOTHING * (seen - walOfBlock);
        if (took.compareTo(LONGEST) > 0) {
            return new TidySizes(Math.max(1, read / 2), wal);
        }
        boolean quick = read >= blocks && took.compareTo(LONGEST.dividedBy(2)) < 0;
        return new TidySizes(quick ? Math.min(MOST, 2 * blocks) : blocks, wal);
    }
}
