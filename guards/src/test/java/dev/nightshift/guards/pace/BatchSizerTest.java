package dev.nightshift.guards.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private static BatchSizer after(BatchSizer sizer, int batches, double secondsARow, long bytesARow) {
        BatchSizer now = sizer;
        for (int batch = 0; batch < batches; batch++) {
            int rows = now.rows(UNLIMITED);
            Duration took = Duration.ofNanos((long) (rows * secondsARow * 1e9));
            now = now.after(new BatchOutcome(rows, rows, took, rows * bytesARow));
        }
        return now;
    }

    @Test
    void begins_with_five_hundred_rows() {
        assertThat(BatchSizer.standard().rows(UNLIMITED)).isEqualTo(500);
    }

    @Test
    void grows_by_half_at_most_and_at_once_while_batches_are_far_below_the_target() {
        assertThat(after(BatchSizer.standard(), 1, 1e-5, 0).rows(UNLIMITED)).isEqualTo(750);
        assertThat(after(BatchSizer.standard(), 12, 1e-6, 0).rows(UNLIMITED)).isGreaterThan(40_000);
    }

    @Test
    void near_the_target_ten_batches_decide_by_their_slowest_but_one() {
        BatchSizer sizer = after(BatchSizer.starting(1000, Duration.ofMillis(500)), 8, 0.0004, 0);
        sizer = sizer.after(new BatchOutcome(1000, 1000, Duration.ofSeconds(1), 0));
        assertThat(sizer.rows(UNLIMITED)).isEqualTo(1000);

        sizer = sizer.after(new BatchOutcome(1000, 1000, Duration.ofMillis(400), 0));
        assertThat(sizer.rows(UNLIMITED)).isEqualTo(1250);
    }

    @Test
    void settles_where_a_batch_takes_half_a_second() {
        BatchSizer sizer = after(BatchSizer.standard(), 200, 0.0001, 0);

        assertThat(sizer.rows(UNLIMITED)).isBetween(4_500, 5_500);
    }

    @Test
    void a_batch_over_five_times_the_target_takes_a_tenth_now() {
        BatchSizer sizer = BatchSizer.starting(5000, Duration.ofMillis(500));
        BatchSizer after = sizer.after(new BatchOutcome(5000, 5000, Duration.ofMillis(2600), 0));

        assertThat(after.rows(UNLIMITED)).isEqualTo(500);
    }

    @Test
    void a_conflict_halves() {
        assertThat(BatchSizer.standard().halved().rows(UNLIMITED)).isEqualTo(250);
        assertThat(BatchSizer.starting(12, Duration.ofMillis(500))
                        .halved()
                        .halved()
                        .rows(UNLIMITED))
                .isEqualTo(10);
    }

    @Test
    void never_takes_more_than_fifty_thousand_rows() {
        assertThat(after(BatchSizer.standard(), 100, 1e-9, 0).rows(UNLIMITED)).isEqualTo(50_000);
    }

    @Test
    void where_nothing_paces_a_batch_may_write_four_times_as_much() {
        BatchSizer sizer = after(BatchSizer.standard(), 60, 1e-7, 4_000);

        assertThat(sizer.rows(UNLIMITED)).isEqualTo(16_777);
        assertThat(sizer.rows(1e12)).isEqualTo(4_194);
    }

    @Test
    void a_batch_writes_no_more_than_sixteen_mebibytes_or_half_a_second_of_pace() {
        BatchSizer sizer = after(BatchSizer.standard(), 60, 1e-7, 1_000);

        assertThat(sizer.rows(100e6)).isEqualTo(16_777);
        assertThat(sizer.rows(2e6)).isEqualTo(1_000);
        assertThat(sizer.rows(0)).isEqualTo(10);
    }

    @Test
    void rows_that_were_asked_for_and_not_found_do_not_look_slow() {
        BatchSizer sizer = BatchSizer.starting(5000, Duration.ofMillis(500));
        BatchSizer after = sizer.after(new BatchOutcome(5000, 3, Duration.ofMillis(4), 3000));

        assertThat(after.rows(UNLIMITED)).isGreaterThanOrEqualTo(5000);
        assertThat(after.bytesPerRow()).isEqualTo(1000);
    }
}
