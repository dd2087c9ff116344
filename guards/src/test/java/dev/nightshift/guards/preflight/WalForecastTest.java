package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.WalForecast.Sample;
import dev.nightshift.guards.preflight.WalForecast.WalSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalForecastTest {

    private static final double MB = 1e6;

    /** Two million rows with a random uuid key and two indexes; the walk in key order, 5,000 rows a batch. */
    private static final Sample MEASURED = sample(true, false);

    @ParameterizedTest(name = "{0} checkpoints: {1} MB were written")
    @CsvSource({"1, 735", "10, 3606", "40, 9875"})
    void it_is_within_a_factor_of_two_of_what_was_measured(double checkpoints, double megabytes) {
        assertThat(WalForecast.walBytes(MEASURED, checkpoints) / MB).isBetween(megabytes / 2, megabytes * 2);
    }

    @Test
    void more_checkpoints_more_indexes_that_hold_the_column_and_a_key_across_the_heap_each_cost_more() {
        double plain = WalForecast.walBytes(sample(true, true), 10);
        assertThat(WalForecast.walBytes(sample(true, true), 20)).isGreaterThan(plain);
        assertThat(WalForecast.walBytes(sample(false, true), 10)).isGreaterThan(plain);
        assertThat(WalForecast.walBytes(sample(true, false), 10)).isGreaterThan(plain);
    }

    @Test
    void a_smaller_max_wal_size_means_more_checkpoints_and_more_wal() {
        double small = of(MEASURED, new WalSettings(true, 256 * MB)).walBytes();
        double large = of(MEASURED, new WalSettings(true, 16_000 * MB)).walBytes();
        assertThat(small).isGreaterThan(2 * large);
        assertThat(of(MEASURED, new WalSettings(false, 256 * MB)).walBytes()).isLessThan(large);
    }

    /** 300,000 rows of a bigint key and two other indexes, one bigint column set, by the heap in 16 stripes, one checkpoint. */
    @Test
    void values_that_are_kept_cost_what_was_measured() {
        Sample plain = new Sample("fill", "public.t", 3e5, 130, 5_600, 3, 3_500, true, true, 0);
        Sample keeping = new Sample("fill", "public.t", 3e5, 130, 5_600, 3, 3_500, true, true, 48);
        double more = WalForecast.walBytes(keeping, 0) - WalForecast.walBytes(plain, 0);
        assertThat(more / MB).isBetween(75.6 / 1.2, 75.6 * 1.2);
        WalSettings settings = new WalSettings(true, 1000 * MB);
        assertThat(of(keeping, settings).growthBytes() - of(plain, settings).growthBytes())
                .isEqualTo(3e5 * (48 + 32));
    }

    @Test
    void no_rows_cost_nothing() {
        Sample none = new Sample("fill", "public.t", 0, 100, 25_000, 2, 15_000, true, false, 48);
        WalForecast forecast = of(none, new WalSettings(true, 1000 * MB));
        assertThat(forecast.walBytes()).isZero();
        assertThat(forecast.growthBytes()).isZero();
    }

    private static WalForecast of(Sample sample, WalSettings settings) {
        return WalForecast.of(sample, settings);
    }

    private static Sample sample(boolean hot, boolean inOrder) {
        return new Sample("fill", "public.t", 2e6, 90, 25_000, 2, 15_000, hot, inOrder, 0);
    }
}
