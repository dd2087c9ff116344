package dev.nightshift.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which a window is open without a break.
 *
 * @param closes {@link Instant#MAX} when it stays open for more than a month
 */
public record OpenTime(Instant opens, Instant closes) {

    public boolean closesEver() {
        return !closes.equals(Instant.MAX);
    }

    /** Its length; longer than any step when it never closes. */
    public Duration length() {
        return closesEver() ? Duration.between(opens, closes) : Duration.ofDays(10_000);
    }
}
