package dev.nightshift.guards.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Since when each of a guard's limits has been crossed without a break, on the monotonic clock. */
record Crossed(
        @Nullable Long slow, @Nullable Long hold, @Nullable Long abort) {

    static final Crossed NOTHING = new Crossed(null, null, null);

    Crossed next(double excess, Limits limits, long now) {
        return new Crossed(
                since(Level.SLOW, excess, limits, now),
                since(Level.HOLD, excess, limits, now),
                since(Level.ABORT, excess, limits, now));
    }

    /** Whether this level's limit has been crossed for as long as it asks. */
    boolean reached(Level level, Measure measure, Limits limits, long now) {
        Long since = since(level);
        Limit limit = limits.at(level).orElse(Limit.NEVER);
        if (since == null) {
            return false;
        }
        Duration seen = Duration.ofNanos(now - since);
        Duration counted = measure.countedFor(limit.value());
        return limit.lasting().compareTo(seen) <= 0 || limit.lasting().compareTo(counted) <= 0;
    }

    private @Nullable Long since(Level level) {
        return switch (level) {
            case SLOW -> slow;
            case HOLD -> hold;
            case ABORT -> abort;
        };
    }

    private @Nullable Long since(Level level, double excess, Limits limits, long now) {
        if (!limits.at(level).orElse(Limit.NEVER).breachedBy(excess)) {
            return null;
        }
        Long before = since(level);
        return before == null ? Long.valueOf(now) : before;
    }
}
