package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.List;

/**
 * How fast this run writes WAL, on average: an upper bound, which holds what others wrote meanwhile. It has no limit
 * from which it slows: how fast the pace grows is the pacing law's to say.
 */
final class WalRateGuard implements Guard {
    /** What a batch wrote is told when it has ended, and a single one may be as fast as it can. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    @Override
    public GuardKind kind() {
        return GuardKind.WAL_RATE;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        double rate = facts.trends().perSecond(Reading.OWN_WAL, "", WINDOW).orElse(0);
        return List.of(Measure.of("", Math.max(0, rate)));
    }
}
