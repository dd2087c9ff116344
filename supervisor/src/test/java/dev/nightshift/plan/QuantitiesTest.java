package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @Test
    void reads_durations() {
        assertThat(List.of("500ms", "2s", "5m", "4h", "1d").stream().map(Quantities::duration))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(4),
                        Duration.ofDays(1));
    }

    @Test
    void reads_sizes_in_decimal_and_binary_units() {
        assertThat(List.of("1B", "2kB", "256MB", "64MiB", "4GiB", "1TB").stream()
                        .map(text -> Quantities.size(text).bytes()))
                .containsExactly(1L, 2_000L, 256_000_000L, 64L << 20, 4L << 30, 1_000_000_000_000L);
    }

    @Test
    void a_number_alone_is_neither() {
        for (String text : List.of("5", "", "s", "5 s", "1.5h", "-1s", "5M", "5min", "999999999999999d", "1h30m")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> Quantities.duration(text))
                    .withMessageContaining("expected a duration");
        }
        for (String text : List.of("64", "64M", "64mb", "1.5GB", "-1MB", "999999999999999TB")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> Quantities.size(text))
                    .withMessageContaining("expected a size");
        }
    }
}
