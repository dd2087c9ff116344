package dev.nightshift.run;

/**
 * How fast a worker works now.
 *
 * @param rowsPerSecond rows changed, over the last seconds
 * @param walPerSecond WAL bytes between the beginning and the end of its batches: an upper bound of its own share
 * @param batchRows rows of a batch now
 * @param batchMillis the 90th percentile of the last batches' times
 */
public record WorkPace(double rowsPerSecond, double walPerSecond, int batchRows, long batchMillis) {

    public static final WorkPace NONE = new WorkPace(0, 0, 0, 0);
}
