package dev.nightshift.guards.reading;

import java.time.Duration;

/** How old the last transaction is that a replica shows; {@code exact} is false when it is at least that. */
public record TimeLag(Duration lag, boolean exact) {

    public static final TimeLag ZERO = new TimeLag(Duration.ZERO, true);

    public static TimeLag exactly(Duration lag) {
        return new TimeLag(lag, true);
    }

    public static TimeLag atLeast(Duration lag) {
        return new TimeLag(lag, false);
    }

    public double seconds() {
        return lag.toNanos() / 1e9;
    }
}
