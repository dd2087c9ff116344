package dev.nightshift.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@link ShopLoad} saw: latencies from the intended start of each operation to its end, so that a stall counts
 * for all operations that should have run meanwhile.
 *
 * @param failures by SQLSTATE
 */
public record LoadReport(
        Duration elapsed,
        long done,
        Map<String, Long> failures,
        Duration p50,
        Duration p95,
        Duration p99,
        Duration longest) {

    public LoadReport {
        failures = Map.copyOf(failures);
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public double perSecond() {
        return done * 1e9 / Math.max(1, elapsed.toNanos());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d operations, %.0f/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms, failed %d%s",
                done,
                perSecond(),
                millis(p50),
                millis(p95),
                millis(p99),
                millis(longest),
                failed(),
                failures.isEmpty() ? "" : " " + failures);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
