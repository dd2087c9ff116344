package dev.nightshift.guards.pace;

import dev.nightshift.guards.reading.ByteSize;
import java.util.List;

/**
 * The pace of the next seconds and why it is that.
 *
 * @param rate WAL bytes a second; infinite when nothing limits it
 * @param utilisation the share of the tightest budget that is used now; NaN when unknown
 * @param smoothed the same, smoothed; what the zones look at
 * @param reasons for people: {@code 0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s}
 */
public record PaceDecision(double rate, Step step, double utilisation, double smoothed, List<String> reasons) {

    public static final PaceDecision NONE_YET =
            new PaceDecision(0, Step.STOP, Double.NaN, Double.NaN, List.of("nothing is known yet"));

    public PaceDecision {
        if (!(rate >= 0)) {
            throw new IllegalArgumentException("expected a rate of 0 or more, found " + rate);
        }
        reasons = List.copyOf(reasons);
    }

    /** What the law did to the pace. */
    public enum Step {
        RAISE,
        KEEP,
        LOWER,
        STOP,
        /** Kept, because something is not known. */
        FREEZE,
        UNLIMITED
    }

    public boolean stopped() {
        return rate == 0;
    }

    public boolean unlimited() {
        return Double.isInfinite(rate);
    }

    /** {@code 9.6 MiB/s}, {@code unlimited} or {@code stopped}. */
    public String text() {
        if (unlimited()) {
            return "unlimited";
        }
        return stopped() ? "stopped" : new ByteSize(Math.round(rate)) + "/s";
    }
}
