package dev.nightshift.run;

/**
 * How fast a worker works now.
 *
 * @param rowsPerSecond rows changed, over the last seconds
 * @param walPerSecond WAL bytes between the beginning and the end of its batches: an upper bound of its own share
 * @param batchRows rows of a batch now
 * @param batchMillis the 90th percentile of the last batches' times
 * @param times of all its batches since it started
 */
public record WorkPace(double rowsPerSecond, double walPerSecond, int batchRows, long batchMillis, BatchTimes times) {

    public static final WorkPace NONE = new WorkPace(0, 0, 0, 0);

    public WorkPace(double rowsPerSecond, double walPerSecond, int batchRows, long batchMillis) {
        this(rowsPerSecond, walPerSecond, batchRows, batchMillis, BatchTimes.NONE);
    }

    public WorkPace with(BatchTimes all) {
        return new WorkPace(rowsPerSecond, walPerSecond, batchRows, batchMillis, all);
    }
}
