package dev.nightshift.drive;

import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects readings for the journal: one insert in ten seconds, none on hold. What comes in meanwhile is thinned to the
 * worst value of ten seconds, so that no peak is lost.
 */
final class ReadingKeeper {

    private static final long PERIOD = Duration.ofSeconds(10).toNanos();
    private static final int MOST_KEPT = 20_000;

    private final List<KeptReading> kept = new ArrayList<>();
    private final Map<String, KeptReading> worst = new TreeMap<>();
    private long periodEnds = Long.MIN_VALUE;

    /** Takes a judgement in; the readings to write now, none while {@code onHold} or before the period ends. */
    List<KeptReading> take(Judgement judgement, long nanos, boolean onHold) {
        Instant at = judgement.at();
        if (at != null) {
            for (ReplicaView replica : judgement.replicas()) {
                Duration lag = replica.timeLag();
                if (lag != null) {
                    see(new KeptReading(at, "replica-lag", replica.name(), lag.toNanos() / 1e9));
                }
                if (replica.byteLag() != null) {
                    see(new KeptReading(
                            at,
                            "replica-bytes",
                            replica.name(),
                            replica.byteLag().bytes()));
                }
            }
            double pace = judgement.pace().rate();
            if (Double.isFinite(pace)) {
                see(new KeptReading(at, "pace", "", pace));
            }
        }
        if (periodEnds == Long.MIN_VALUE) {
            periodEnds = nanos + PERIOD;
        }
        if (nanos - periodEnds < 0) {
            return List.of();
        }
        periodEnds = nanos + PERIOD;
        if (kept.size() < MOST_KEPT) {
            kept.addAll(worst.values());
        }
        worst.clear();
        return onHold ? List.of() : flush();
    }

    /** Everything collected, at the end of a run. */
    List<KeptReading> flush() {
        kept.addAll(worst.values());
        worst.clear();
        List<KeptReading> all = List.copyOf(kept);
        kept.clear();
        return all;
    }

    private void see(KeptReading reading) {
        worst.merge(reading.signal() + '/' + reading.subject(), reading, (a, b) -> b.value() >= a.value() ? b : a);
    }
}
