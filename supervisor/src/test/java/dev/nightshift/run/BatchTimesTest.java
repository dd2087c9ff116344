package dev.nightshift.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchTimesTest {

    private static final int OVER = BatchTimes.BOUNDS.size();

    @Test
    void a_batch_is_counted_at_the_first_bound_that_it_does_not_exceed() {
        BatchTimes times = BatchTimes.NONE
                .with(Duration.ofMillis(5))
                .with(Duration.ofNanos(5_000_001))
                .with(Duration.ofMinutes(1));

        assertThat(times.counts().subList(0, 2)).containsExactly(1L, 1L);
        assertThat(times.counts().get(OVER)).isEqualTo(1);
        assertThat(times.mean(OVER)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_mean_of_a_place_lies_within_its_bounds_and_the_sum_is_kept() {
        Random random = new Random(7);
        BatchTimes times = BatchTimes.NONE;
        long sum = 0;
        for (int i = 0; i < 2_000; i++) {
            long nanos = random.nextLong(12_000_000_000L);
            sum += nanos;
            times = times.with(Duration.ofNanos(nanos));
        }
        for (int place = 0; place < OVER; place++) {
            assertThat(times.mean(place)).isLessThanOrEqualTo(BatchTimes.BOUNDS.get(place));
            if (place > 0 && times.counts().get(place) > 0) {
                assertThat(times.mean(place)).isGreaterThan(BatchTimes.BOUNDS.get(place - 1));
            }
        }
        assertThat(times.micros().stream().mapToLong(Long::longValue).sum())
                .isBetween(sum / 1_000, sum / 1_000 + 2_000);
    }

    @Test
    void what_has_come_since_is_never_less_than_nothing() {
        BatchTimes before = BatchTimes.NONE.with(Duration.ofMillis(3)).with(Duration.ofMillis(3));
        BatchTimes after = before.with(Duration.ofMillis(4));

        assertThat(after.since(before).counts().get(0)).isEqualTo(1);
        assertThat(after.since(before).micros().get(0)).isEqualTo(4_000);
        assertThat(before.since(after)).isEqualTo(BatchTimes.NONE);
    }

    @Test
    void counts_by_other_bounds_are_not_known() {
        assertThat(new BatchTimes(List.of(1L, 2L), List.of(3L, 4L))).isEqualTo(BatchTimes.NONE);
        assertThat(BatchTimes.NONE.counts()).isEqualTo(Collections.nCopies(OVER + 1, 0L));
    }
}
