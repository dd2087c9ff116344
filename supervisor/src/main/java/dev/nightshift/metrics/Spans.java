package dev.nightshift.metrics;

import dev.nightshift.drive.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time between two ticks; a long gap counts as five seconds, because nobody looked meanwhile. */
final class Spans {

    private static final Duration MOST = Duration.ofSeconds(5);

    private Optional<Instant> last = Optional.empty();

    double since(Tick tick) {
        Duration gap = last.map(then -> Duration.between(then, tick.at())).orElse(Duration.ZERO);
        last = Optional.of(tick.at());
        Duration counted = gap.compareTo(MOST) > 0 ? MOST : gap;
        return Math.max(0, counted.toMillis() / 1000.0);
    }
}
