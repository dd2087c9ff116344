package dev.nightshift.guards.guard;

import org.jspecify.annotations.Nullable;

/**
 * How long ago a sample came back, and how many failed since.
 *
 * @param sampledNanos of the newest sample, or of the first failure before any
 */
record Freshness(@Nullable Long sampledNanos, int failures, String why) {

    static final Freshness NOTHING_YET = new Freshness(null, 0, "");

    /** As many failed samples in a row hold, however soon after each other. */
    private static final int FAILURES_HOLD = 3;

    static Freshness sampled(long nanos) {
        return new Freshness(nanos, 0, "");
    }

    Freshness failed(long nanos, String reason) {
        return new Freshness(sampledNanos == null ? Long.valueOf(nanos) : sampledNanos, failures + 1, reason);
    }

    Measure measure(long nanos, double holdsAt) {
        double age = sampledNanos == null ? 0 : Math.max(0, nanos - sampledNanos) / 1e9;
        if (failures == 0) {
            return Measure.of("", age);
        }
        Measure measure = failures >= FAILURES_HOLD ? Measure.of("", Math.max(age, holdsAt)) : Measure.atLeast("", age);
        String failed = failures == 1 ? "1 sample failed" : failures + " samples failed";
        return measure.said(failed, failures >= FAILURES_HOLD ? ">=" : "<", String.valueOf(FAILURES_HOLD))
                .noting(why);
    }
}
