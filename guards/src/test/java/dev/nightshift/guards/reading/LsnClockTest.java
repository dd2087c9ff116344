package dev.nightshift.guards.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LsnClockTest {
    private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");

    private final ServerIdentity primary = World.PRIMARY;

    private LsnClock clock(long... positions) {
        LsnClock clock = LsnClock.EMPTY;
        for (int second = 0; second < positions.length; second++) {
            clock = clock.noted(START.plusSeconds(second), new Lsn(positions[second]), primary);
        }
        return clock;
    }

    @Test
    void a_replica_at_the_primarys_position_has_no_lag() {
        assertThat(clock(100, 200, 300).lag(new Lsn(300))).isEqualTo(TimeLag.ZERO);
        assertThat(clock(100, 200, 300).lag(new Lsn(400))).isEqualTo(TimeLag.ZERO);
    }

    @Test
    void lag_counts_from_when_the_primary_was_where_the_replica_is() {
        assertThat(clock(100, 200, 300, 400).lag(new Lsn(200))).isEqualTo(TimeLag.exactly(Duration.ofSeconds(2)));
    }

    @Test
    void between_two_close_samples_the_position_moves_evenly() {
        assertThat(clock(100, 200, 300, 400).lag(new Lsn(250))).isEqualTo(TimeLag.exactly(Duration.ofMillis(1500)));
    }

    @Test
    void across_a_gap_in_the_samples_the_lag_is_the_longer_one() {
        LsnClock gap = clock(100).noted(START.plusSeconds(10), new Lsn(1100), primary);

        assertThat(gap.lag(new Lsn(600))).isEqualTo(TimeLag.exactly(Duration.ofSeconds(10)));
    }

    @Test
    void an_hour_of_idling_does_not_count_as_lag() {
        LsnClock clock = clock(100);
        for (int second = 1; second <= 3600; second++) {
            clock = clock.noted(START.plusSeconds(second), new Lsn(100), primary);
        }
        clock = clock.noted(START.plusSeconds(3601), new Lsn(200), primary);

        assertThat(clock.lag(new Lsn(100))).isEqualTo(TimeLag.exactly(Duration.ofSeconds(1)));
        assertThat(clock.size()).isEqualTo(2);
    }

    @Test
    void what_is_older_than_the_ring_is_at_least_its_age_and_unknown() {
        assertThat(clock(100, 200, 300).lag(new Lsn(99))).isEqualTo(TimeLag.atLeast(Duration.ofSeconds(2)));
    }

    @Test
    void a_position_that_goes_back_empties_the_ring() {
        LsnClock back = clock(100, 200, 300).noted(START.plusSeconds(3), new Lsn(250), primary);

        assertThat(back.age()).isZero();
        assertThat(back.lag(new Lsn(200)).exact()).isFalse();
    }

    @Test
    void a_new_timeline_or_another_system_empties_the_ring() {
        ServerIdentity promoted = new ServerIdentity("7301", 2, 16384, "10.0.0.1:5432", false);
        ServerIdentity other = new ServerIdentity("7302", 1, 16384, "10.0.0.1:5432", false);

        assertThat(clock(100, 200)
                        .noted(START.plusSeconds(2), new Lsn(300), promoted)
                        .age())
                .isZero();
        assertThat(clock(100, 200)
                        .noted(START.plusSeconds(2), new Lsn(300), other)
                        .age())
                .isZero();
    }

    @Test
    void a_clock_that_goes_back_empties_the_ring() {
        assertThat(clock(100, 200).noted(START, new Lsn(300), primary).age()).isZero();
    }

    @Test
    void a_day_of_samples_fits_into_bounded_memory_and_still_tells_the_first_minute() {
        LsnClock clock = LsnClock.EMPTY;
        for (int second = 0; second <= 86_400; second++) {
            clock = clock.noted(START.plusSeconds(second), new Lsn(1000 + second * 10L), primary);
        }

        assertThat(clock.size()).isLessThanOrEqualTo(LsnClock.MOST_TICKS);
        assertThat(clock.age()).isEqualTo(Duration.ofDays(1));
        assertThat(clock.lag(new Lsn(1000)).lag()).isEqualTo(Duration.ofDays(1));
        assertThat(clock.lag(new Lsn(1000 + 86_395 * 10L)).lag()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void thinning_never_makes_a_lag_look_shorter() {
        LsnClock clock = LsnClock.EMPTY;
        int last = 5_000;
        for (int second = 0; second <= last; second++) {
            clock = clock.noted(START.plusSeconds(second), new Lsn(1000 + second * 10L), primary);
        }
        for (int second = 0; second <= last; second += 7) {
            TimeLag lag = clock.lag(new Lsn(1000 + second * 10L));
            assertThat(lag.lag()).isGreaterThanOrEqualTo(Duration.ofSeconds(last - second));
        }
    }

    @Test
    void positions_above_the_sign_bit_compare_as_postgresql_does() {
        Lsn low = Lsn.parse("7FFFFFFF/FFFFFFF0");
        LsnClock clock = LsnClock.EMPTY
                .noted(START, low, primary)
                .noted(START.plusSeconds(1), Lsn.parse("80000000/10"), primary);

        assertThat(clock.lag(low)).isEqualTo(TimeLag.exactly(Duration.ofSeconds(1)));
    }
}
