package dev.nightshift.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double with each try up to a limit, each jittered over its upper half so that several waiters part ways.
 *
 * @param first the longest wait before the second try
 * @param longest no wait is longer
 */
public record Backoff(Duration first, Duration longest) {

    /** 2^40 times any wait is beyond every limit; more would overflow. */
    private static final int MOST_DOUBLINGS = 40;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("expected 0 < first <= longest, found " + first + " and " + longest);
        }
    }

    /**
     * The wait after so many failures in a row, from half to all of the exponential value.
     *
     * @param failures 1 after the first failure
     * @throws IllegalArgumentException when there was no failure
     */
    public Duration after(int failures, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("expected at least 1 failure, found " + failures);
        }
        double doubled = (double) first.toNanos() * Math.scalb(1.0, Math.min(failures - 1, MOST_DOUBLINGS));
        double whole = Math.min(doubled, (double) longest.toNanos());
        return Duration.ofNanos(Math.round(whole * (0.5 + random.nextDouble() / 2)));
    }
}
