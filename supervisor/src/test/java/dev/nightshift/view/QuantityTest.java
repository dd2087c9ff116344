package dev.nightshift.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "842, 842",
        "999, 999",
        "1000, 1.00 k",
        "28100, 28.1 k",
        "999600, 1.00 M",
        "1840000, 1.84 M",
        "3e9, 3.00 G"
    })
    void counts_have_three_digits(double count, String text) {
        assertThat(Quantity.count(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.04, 40 ms",
        "0.0999, 0.1 s",
        "1.2, 1.2 s",
        "5, 5 s",
        "59.96, 1 min",
        "250, 4 min 10 s",
        "7500, 2 h 5 min",
        "273600, 3 d 4 h",
        "-3, 0 s"
    })
    void times_have_the_unit_that_fits(double seconds, String text) {
        assertThat(Quantity.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void nothing_is_done_before_its_last_row() {
        assertThat(Quantity.percent(0.99999)).isEqualTo("99.9 %");
        assertThat(Quantity.percent(1)).isEqualTo("100.0 %");
        assertThat(Quantity.percent(0.6129)).isEqualTo("61.2 %");
    }
}
