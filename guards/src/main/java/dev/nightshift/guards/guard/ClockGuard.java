package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Sample;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database's clock must run as the monotonic one does: every expiry and every lag is told by it. */
final class ClockGuard implements Guard {
    private static final Duration JUMP = Duration.ofSeconds(5);

    /** Whether instants before and after cannot be compared. */
    static boolean jumped(@Nullable Sample before, Sample now) {
        return before != null
                && (told(before, now).isNegative() || jump(before, now).abs().compareTo(JUMP) > 0);
    }

    @Override
    public GuardKind kind() {
        return GuardKind.CLOCK;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        Sample before = facts.previous();
        if (before == null) {
            return List.of();
        }
        Duration told = told(before, facts.sample());
        double jump = seconds(jump(before, facts.sample()));
        if (told.isNegative()) {
            return List.of(Measure.of("database", Math.max(Math.abs(jump), facts.holdsAt(kind())))
                    .said("went back by " + Unit.DURATION.text(-seconds(told)), ">", "0 s"));
        }
        return List.of(Measure.of("database", Math.abs(jump)).noting(jump < 0 ? "slower than ours" : ""));
    }

    private static Duration told(Sample before, Sample now) {
        return Duration.between(before.at(), now.at());
    }

    private static Duration jump(Sample before, Sample now) {
        return told(before, now).minusNanos(now.monotonicNanos() - before.monotonicNanos());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
