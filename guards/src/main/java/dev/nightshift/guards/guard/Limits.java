package dev.nightshift.guards.guard;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of one guard; a level without one is never reached. */
public record Limits(
        @Nullable Limit slow,
        @Nullable Limit hold,
        @Nullable Limit abort) {

    public static final Limits NONE = new Limits(null, null, null);

    public Optional<Limit> at(Level level) {
        return Optional.ofNullable(
                switch (level) {
                    case SLOW -> slow;
                    case HOLD -> hold;
                    case ABORT -> abort;
                });
    }

    public Limits with(Level level, Limit limit) {
        return switch (level) {
            case SLOW -> new Limits(limit, hold, abort);
            case HOLD -> new Limits(slow, limit, abort);
            case ABORT -> new Limits(slow, hold, limit);
        };
    }

    /** Whether this value is beyond none of them, however long it would have to be. */
    boolean breachesNone(double observed) {
        return Arrays.stream(Level.values())
                .noneMatch(level -> at(level).orElse(Limit.NEVER).breachedBy(observed));
    }

    /** These limits, and the others' where these name none. */
    public Limits filledFrom(Limits others) {
        return new Limits(
                slow == null ? others.slow : slow,
                hold == null ? others.hold : hold,
                abort == null ? others.abort : abort);
    }
}
