package dev.nightshift.plan;

import java.time.Duration;

/**
 * How large one batch of a backfill may grow.
 *
 * @param rows never more rows than this
 * @param time what a batch should take; the worker sizes batches by it
 */
public record BatchLimits(int rows, Duration time) {

    public static final int MOST_ROWS = 100_000;
    public static final Duration SHORTEST = Duration.ofMillis(10);

    /** A batch's statement timeout is four times its time: longer ones would outlive a revoked permit for too long. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    public static final BatchLimits DEFAULT = new BatchLimits(50_000, Duration.ofMillis(500));

    public BatchLimits {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException("expected 1 to " + MOST_ROWS + " rows, found " + rows);
        }
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a time from 10ms to 5s, found " + time);
        }
    }
}
