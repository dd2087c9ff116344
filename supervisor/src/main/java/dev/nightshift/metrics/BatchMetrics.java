package dev.nightshift.metrics;

import dev.nightshift.run.BatchTimes;
import dev.nightshift.run.Heartbeat;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;

/** How long batches take, as the run's workers tell it; counted by each process from 0. */
final class BatchMetrics {

    private final Timer times;
    private BatchTimes known = BatchTimes.NONE;
    private long epoch;
    private boolean looked;

    BatchMetrics(Board board) {
        times = board.times("batch.duration", "How long batches took", BatchTimes.BOUNDS);
    }

    /** What a worker did before this process looked for the first time counts where it was seen. */
    void see(Optional<Heartbeat> heartbeat) {
        if (heartbeat.isPresent()) {
            Heartbeat beat = heartbeat.get();
            BatchTimes all = beat.pace().times();
            if (!looked) {
                known = all;
            } else if (beat.epoch() != epoch) {
                known = BatchTimes.NONE;
            }
            add(all.since(known));
            known = all;
            epoch = beat.epoch();
        }
        looked = true;
    }

    private void add(BatchTimes more) {
        for (int place = 0; place < more.counts().size(); place++) {
            Duration mean = more.mean(place);
            for (long n = more.counts().get(place); n > 0; n--) {
                times.record(mean);
            }
        }
    }
}
