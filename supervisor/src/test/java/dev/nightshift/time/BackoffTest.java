package dev.nightshift.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3));

    @Test
    void waits_double_up_to_the_longest_and_jitter_over_their_upper_half() {
        Random random = new Random(7);
        long[] whole = {100, 200, 400, 800, 1600, 3000, 3000};
        for (int failures = 1; failures <= whole.length; failures++) {
            for (int i = 0; i < 200; i++) {
                assertThat(backoff.after(failures, random))
                        .isBetween(Duration.ofMillis(whole[failures - 1] / 2), Duration.ofMillis(whole[failures - 1]));
            }
        }
    }

    @Test
    void any_number_of_failures_stays_within_the_longest() {
        assertThat(backoff.after(Integer.MAX_VALUE, new Random(7))).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void several_waiters_part_ways() {
        assertThat(Stream.of(1, 2, 3, 4, 5)
                        .map(seed -> backoff.after(3, new Random(seed)))
                        .distinct())
                .hasSize(5);
    }

    @Test
    void refuses_what_is_no_backoff() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff.after(0, new Random(7)));
    }
}
