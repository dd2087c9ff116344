package dev.nightshift.bench.measure;

import java.util.List;

/** How far a standby may be behind. */
public record Budget(double seconds, long bytes) {

    /** What Nightshift's guards allow unless a plan says otherwise. */
    public static final Budget USUAL = new Budget(5, 256L << 20);

    boolean spentBy(LagTrace.Lag lag) {
        return lag.seconds() >= seconds || lag.bytes() >= bytes;
    }

    /** Of all lags, the share that was over it. */
    public double shareOver(List<LagTrace.Lag> lags) {
        return lags.isEmpty() ? 0 : lags.stream().filter(this::spentBy).count() / (double) lags.size();
    }
}
