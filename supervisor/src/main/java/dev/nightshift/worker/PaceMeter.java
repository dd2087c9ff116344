package dev.nightshift.worker;

import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** How fast batches went over the last seconds; noted by one thread and read by another. */
final class PaceMeter {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private record Done(long atNanos, long rows, long walBytes, Duration took) {}

    private final Deque<Done> recent = new ArrayDeque<>();
    private final long startedNanos;

    PaceMeter(long nowNanos) {
        startedNanos = nowNanos;
    }

    synchronized void batch(long nowNanos, long rows, long walBytes, Duration took) {
        recent.addLast(new Done(nowNanos, rows, walBytes, took));
    }

    synchronized WorkPace at(long nowNanos, int batchRows) {
        while (!recent.isEmpty() && nowNanos - recent.getFirst().atNanos() > WINDOW.toNanos()) {
            recent.removeFirst();
        }
        if (recent.isEmpty()) {
            return new WorkPace(0, 0, batchRows, 0);
        }
        double seconds = Math.min(WINDOW.toNanos(), Math.max(nowNanos - startedNanos, 1)) / 1e9;
        long rows = recent.stream().mapToLong(Done::rows).sum();
        long wal = recent.stream().mapToLong(Done::walBytes).sum();
        List<Duration> times = new ArrayList<>(recent.stream().map(Done::took).toList());
        Collections.sort(times);
        Duration p90 = times.get((int) Math.ceil(times.size() * 0.9) - 1);
        return new WorkPace(rows / seconds, wal / seconds, batchRows, p90.toMillis());
    }
}
