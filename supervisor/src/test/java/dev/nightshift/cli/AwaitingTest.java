package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwaitingTest {

    @Test
    void a_rest_grows_with_the_waiting_up_to_ten_seconds() {
        assertThat(Awaiting.rest(Duration.ZERO, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Awaiting.rest(Duration.ofSeconds(60), 0.5)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Awaiting.rest(Duration.ofHours(5), 0.5)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void two_that_began_together_look_at_different_times() {
        assertThat(Awaiting.rest(Duration.ZERO, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(Awaiting.rest(Duration.ZERO, 0.999)).isBetween(Duration.ofMillis(1490), Duration.ofMillis(1500));
    }
}
