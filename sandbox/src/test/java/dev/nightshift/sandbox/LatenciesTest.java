package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void nothing_counted_is_zero() {
        assertThat(latencies.quantile(0.99)).isZero();
        assertThat(latencies.count()).isZero();
    }

    @Test
    void quantiles_are_right_to_two_percent_over_six_decades() {
        for (long scale = 1; scale <= 1_000_000; scale *= 10) {
            Latencies scaled = new Latencies();
            for (int i = 1; i <= 1_000; i++) {
                scaled.add(Duration.ofNanos(i * scale * 1_000));
            }
            assertThat(scaled.quantile(0.50).toNanos() / 1_000).isCloseTo(500 * scale, Percentage.withPercentage(2));
            assertThat(scaled.quantile(0.99).toNanos() / 1_000).isCloseTo(990 * scale, Percentage.withPercentage(2));
            assertThat(scaled.quantile(1).toNanos() / 1_000).isEqualTo(1_000 * scale);
        }
    }

    @Test
    void what_is_longer_than_an_hour_counts_as_an_hour() {
        latencies.add(Duration.ofDays(1));
        assertThat(latencies.longest()).isEqualTo(Duration.ofHours(1));
        assertThat(latencies.quantile(0.5)).isEqualTo(Duration.ofHours(1));
    }
}
