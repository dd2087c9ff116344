package dev.nightshift.guards.pace;

/**
 * A token bucket in WAL bytes: a batch may start when the bucket is not in debt, and what it wrote is taken afterwards.
 * A value; time is passed in.
 *
 * @param tokens bytes left, negative when in debt
 * @param atNanos the monotonic instant of {@code tokens}
 */
public record WalBucket(double tokens, double rate, long atNanos) {

    /** Waiting has no end at this pace. */
    public static final long FOREVER = Long.MAX_VALUE;

    /**
     * What may be saved up, so that a pause is not followed by a burst. More than a batch takes: what flows in while one
     * runs is what pays for it.
     */
    static final double BURST_SECONDS = 1;

    public static WalBucket starting(double rate, long nowNanos) {
        return new WalBucket(0, rate, nowNanos);
    }

    /** The same bucket at this instant, filling at this rate from now on. */
    public WalBucket at(long nowNanos, double newRate) {
        double filled = Double.isInfinite(newRate) ? 0 : Math.min(tokens + gained(nowNanos), newRate * BURST_SECONDS);
        return new WalBucket(filled, newRate, nowNanos);
    }

    /** After a batch. */
    public WalBucket spent(long walBytes) {
        return Double.isInfinite(rate) ? this : new WalBucket(tokens - walBytes, rate, atNanos);
    }

    /** Nanoseconds from this instant until the next batch may start; {@link #FOREVER} when the pace is 0. */
    public long waitNanos(long nowNanos) {
        if (rate <= 0) {
            return FOREVER;
        }
        double debt = -(tokens + gained(nowNanos));
        return debt <= 0 ? 0 : (long) Math.ceil(debt / rate * 1e9);
    }

    private double gained(long nowNanos) {
        double seconds = Math.max(0, nowNanos - atNanos) / 1e9;
        return Double.isInfinite(rate) || seconds == 0 ? 0 : rate * seconds;
    }
}
