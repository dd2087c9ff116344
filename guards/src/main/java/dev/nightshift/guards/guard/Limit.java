package dev.nightshift.guards.guard;

import java.time.Duration;

/**
 * A value in the guard's unit (seconds, bytes, a count, a fraction) that breaches at once or after lasting a while.
 *
 * @param lasting how long the value must be beyond the limit, without a break; zero is at once
 */
public record Limit(double value, Duration lasting, Comparison comparison) {

    /** A limit that nothing reaches, for a plan that turns a level off. */
    public static final Limit NEVER = new Limit(Double.POSITIVE_INFINITY, Duration.ZERO, Comparison.ABOVE);

    public Limit {
        if (Double.isNaN(value) || lasting.isNegative()) {
            throw new IllegalArgumentException("expected a limit with a number, found " + value + " for " + lasting);
        }
    }

    public static Limit of(double value) {
        return new Limit(value, Duration.ZERO, Comparison.AT_LEAST);
    }

    public static Limit of(Duration value) {
        return of(value.toNanos() / 1e9);
    }

    public Limit lasting(Duration duration) {
        return new Limit(value, duration, comparison);
    }

    public boolean breachedBy(double observed) {
        return comparison.breaches(observed, value);
    }

    /** How much of this limit is used: 1 at the limit, 0 far from it. */
    public double utilisation(double observed) {
        if (breachedBy(observed) && value <= 0) {
            return 1;
        }
        double used = comparison.fallsBad() ? value / observed : observed / value;
        return Double.isNaN(used) || used < 0 ? 0 : used;
    }

    /** The limit below which this one counts as left. */
    Limit leftBelow(double share) {
        double left = comparison.fallsBad() ? value / share : value * share;
        return new Limit(left, Duration.ZERO, comparison);
    }
}
