package dev.nightshift.bench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JobSizeTest {
    @Test
    void grows_by_a_fifth_at_most_while_there_is_time_left() {
        assertThat(new JobSize(10_000).after(0.2).rows()).isEqualTo(12_000);
    }

    @Test
    void shrinks_towards_what_the_interval_has_room_for() {
        assertThat(new JobSize(10_000).after(1.9).rows()).isEqualTo(5_000);
    }

    @Test
    void stays_when_the_time_is_well_used_and_within_its_bounds_always() {
        assertThat(new JobSize(10_000).after(0.93).rows()).isEqualTo(10_000);
        assertThat(new JobSize(1_000).after(50).rows()).isEqualTo(1_000);
        assertThat(new JobSize(2_000_000).after(0.1).rows()).isEqualTo(2_000_000);
    }

    @Test
    void newer_jobs_count_more_than_older_ones() {
        // (2.0 + 0.6 * 0.5) / 1.6 = 1.4375, and the other way round 1.0625
        assertThat(new JobSize(10_000).after(0.5).after(2).rows()).isEqualTo((long) (12_000 * 0.95 / 1.4375));
        assertThat(new JobSize(10_000).after(2).after(0.5).rows()).isEqualTo((long) (4_750 * 0.95 / 1.0625));
    }
}
