package dev.nightshift.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void a_percentile_is_the_smallest_number_that_so_many_are_not_above() {
        Spread spread = Spread.of(IntStream.rangeClosed(1, 200).asDoubleStream().map(n -> 201 - n));
        assertThat(spread).isEqualTo(new Spread(100, 198, 200));
    }

    @Test
    void of_one_number_all_are_that_number_and_of_none_zero() {
        assertThat(Spread.of(DoubleStream.of(3))).isEqualTo(new Spread(3, 3, 3));
        assertThat(Spread.of(DoubleStream.empty())).isEqualTo(new Spread(0, 0, 0));
    }

    @Test
    void a_median_does_not_ask_for_an_order() {
        assertThat(Spread.median(9, 1, 5)).isEqualTo(5);
        assertThat(Spread.median(4, 1, 3, 2)).isEqualTo(2);
    }
}
