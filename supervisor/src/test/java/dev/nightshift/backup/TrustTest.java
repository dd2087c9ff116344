package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustTest {

    private static final Instant ASKED = Instant.parse("2026-03-02T01:00:00Z");
    private static final Instant NOW = ASKED.plusSeconds(600);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void what_was_taken_since_it_was_asked_for_serves() {
        Trust trust = new Trust(ASKED, Duration.ZERO, Optional.of(ASKED.minusSeconds(5)));
        assertThat(trust.doubt(ASKED.plusSeconds(3), NOW)).isEmpty();
        assertThat(trust.doubt(ASKED.minusSeconds(30), NOW)).as("clocks differ").isEmpty();
    }

    @Test
    void an_earlier_one_serves_only_where_the_plan_gives_it_an_age() {
        Instant yesterday = ASKED.minus(Duration.ofHours(20));
        assertThat(new Trust(ASKED, Duration.ZERO, Optional.empty()).doubt(yesterday, NOW))
                .hasValueSatisfying(why -> assertThat(why).contains("before it was asked for", "`maxAge`"));
        assertThat(new Trust(ASKED, DAY, Optional.empty()).doubt(yesterday, NOW))
                .isEmpty();
        assertThat(new Trust(ASKED, Duration.ofHours(12), Optional.empty()).doubt(yesterday, NOW))
                .contains("it holds the data of 2026-03-01T05:00:00Z, 20 h 10 min ago > 12 h 0 min (maxAge)");
    }

    @Test
    void one_of_before_the_last_write_of_a_run_never_serves() {
        Optional<Instant> write = Optional.of(ASKED.minus(Duration.ofHours(2)));
        assertThat(new Trust(ASKED, DAY, write).doubt(ASKED.minus(Duration.ofHours(3)), NOW))
                .hasValueSatisfying(why -> assertThat(why).contains("a run has written since"));
        assertThat(new Trust(ASKED, DAY, write).doubt(ASKED.minus(Duration.ofHours(1)), NOW))
                .isEmpty();
    }

    @Test
    void an_instant_to_come_is_no_instant_of_a_backup() {
        assertThat(new Trust(ASKED, DAY, Optional.empty()).doubt(NOW.plusSeconds(3600), NOW))
                .hasValueSatisfying(why -> assertThat(why).contains("see the clocks"));
    }

    @Test
    void one_that_waited_longer_than_its_age_for_the_window_is_too_old() {
        assertThat(new Trust(ASKED, Duration.ofHours(1), Optional.empty())
                        .doubt(ASKED.plusSeconds(1), ASKED.plus(Duration.ofHours(5))))
                .hasValueSatisfying(why -> assertThat(why).contains("(maxAge)"));
    }
}
