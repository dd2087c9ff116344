package dev.nightshift.drive;

import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Takes in what was judged, and how fast the worker works; the readings to write now, none while {@code onHold} or
     * before the period ends.
     */
    List<KeptReading> take(Judgement judgement, Optional<WorkPace> pace, long nanos, boolean onHold) {
        Instant at = judgement.at();
        if (at != null) {
            pace.ifPresent(now -> see(at, now));
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
            double permitted = judgement.pace().rate();
            if (Double.isFinite(permitted)) {
                see(new KeptReading(at, "pace", "", permitted));
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

    private void see(Instant at, WorkPace pace) {
        see(new KeptReading(at, "wal", "", pace.walPerSecond()));
        see(new KeptReading(at, "batch-time", "", pace.batchMillis() / 1e3));
        see(new KeptReading(at, "batch-rows", "", pace.batchRows()));
    }

    private void see(KeptReading reading) {
        worst.merge(reading.signal() + '/' + reading.subject(), reading, (a, b) -> b.value() >= a.value() ? b : a);
    }
}
