package dev.nightshift.guards.pace;

import dev.nightshift.guards.reading.Slope;
import java.time.Duration;

/** How much of the permitted pace the worker really uses. A value. */
record Usage(double granted, Slope slope) {
    /** Long enough for batches of a second or two, short enough to follow a pace that doubles. */
    static final Duration WINDOW = Duration.ofSeconds(3);

    static final Usage NONE = new Usage(0, Slope.over(WINDOW));

    /** After {@code seconds} at this rate. */
    Usage next(double rate, double seconds, long nanos) {
        double more = granted + (Double.isFinite(rate) ? rate * seconds : 0);
        return new Usage(more, slope.noted(nanos, more));
    }

    /** Used bytes ÷ permitted bytes of the last seconds; 1 where that cannot be told. */
    double share(double ownRate) {
        double permitted = slope.perSecond().orElse(0);
        return Double.isNaN(ownRate) || permitted <= 0 ? 1 : ownRate / permitted;
    }
}
