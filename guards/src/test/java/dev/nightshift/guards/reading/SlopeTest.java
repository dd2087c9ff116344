package dev.nightshift.guards.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlopeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void one_observation_is_no_slope() {
        assertThat(Slope.over(Duration.ofSeconds(5)).noted(0, 7).perSecond()).isEmpty();
    }

    @Test
    void tells_the_change_a_second_over_its_window() {
        Slope slope = Slope.over(Duration.ofSeconds(5));
        for (int second = 0; second < 60; second++) {
            slope = slope.noted(second * SECOND, second < 30 ? 0 : (second - 30) * 4.0);
        }

        assertThat(slope.perSecond().orElseThrow()).isEqualTo(4, within(1e-9));
        assertThat(slope.span()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_shorter_part_of_the_window_answers_sooner() {
        Slope slope = Slope.over(Duration.ofMinutes(1));
        for (int second = 0; second <= 50; second++) {
            slope = slope.noted(second * SECOND, second <= 47 ? 0 : (second - 47) * 6.0);
        }

        assertThat(slope.perSecond(Duration.ofSeconds(3)).orElseThrow()).isEqualTo(6, within(1e-9));
        assertThat(slope.perSecond().orElseThrow()).isLessThan(1);
    }
}
