package dev.nightshift.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations in buckets of 1.6 % width, from a microsecond to an hour, and answers percentiles. */
final class Latencies {
    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final AtomicLongArray buckets = new AtomicLongArray(bucket(LONGEST_MICROS) + 1);
    private final AtomicLong longest = new AtomicLong();

    void add(Duration latency) {
        long micros = Math.max(0, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(latency.toNanos())));
        buckets.incrementAndGet(bucket(micros));
        longest.accumulateAndGet(micros, Math::max);
    }

    long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** The duration that the share {@code quantile} of all were not longer than; zero when there are none. */
    Duration quantile(double quantile) {
        long wanted = (long) Math.ceil(count() * quantile);
        long seen = 0;
        for (int i = 0; i < buckets.length(); i++) {
            seen += buckets.get(i);
            if (seen >= wanted && seen > 0) {
                return micros(Math.min(highest(i), longest.get()));
            }
        }
        return Duration.ZERO;
    }

    Duration longest() {
        return micros(longest.get());
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    /** Small values one by one; above, each doubling has {@link #STEPS} buckets. */
    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int doublings = 63 - Long.numberOfLeadingZeros(micros) - STEPS_BITS;
        return (doublings << STEPS_BITS) + (int) (micros >>> doublings);
    }

    private static long highest(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int doublings = (bucket >>> STEPS_BITS) - 1;
        return ((bucket - ((long) doublings << STEPS_BITS) + 1) << doublings) - 1;
    }
}
