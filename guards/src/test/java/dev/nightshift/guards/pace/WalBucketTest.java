package dev.nightshift.guards.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WalBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_batch_is_paid_for_before_the_next_one() {
        WalBucket bucket = WalBucket.starting(2e6, 0).spent(1_000_000);

        assertThat(bucket.waitNanos(0)).isEqualTo(SECOND / 2);
        assertThat(bucket.waitNanos(SECOND / 4)).isEqualTo(SECOND / 4);
        assertThat(bucket.waitNanos(SECOND)).isZero();
    }

    @Test
    void no_pace_is_an_endless_wait_and_an_unlimited_one_is_none() {
        assertThat(WalBucket.starting(0, 0).waitNanos(SECOND)).isEqualTo(WalBucket.FOREVER);
        assertThat(WalBucket.starting(Double.POSITIVE_INFINITY, 0)
                        .spent(1L << 40)
                        .waitNanos(0))
                .isZero();
    }

    @Test
    void a_new_pace_counts_from_now_on() {
        WalBucket bucket = WalBucket.starting(1e6, 0).spent(3_000_000).at(SECOND, 4e6);

        assertThat(bucket.waitNanos(SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void a_pause_is_not_followed_by_a_burst() {
        WalBucket rested = WalBucket.starting(1e6, 0).at(3600 * SECOND, 1e6);
        WalBucket stopped = WalBucket.starting(1e6, 0).at(SECOND, 0).at(60 * SECOND, 1e6);

        assertThat(rested.tokens()).isLessThanOrEqualTo(1e6);
        assertThat(stopped.tokens()).isZero();
    }

    @Test
    void what_is_written_over_time_is_the_pace_whatever_the_batches() {
        Random random = new Random(11);
        WalBucket bucket = WalBucket.starting(5e6, 0);
        long now = 0;
        long written = 0;
        while (now < 200 * SECOND) {
            now += bucket.waitNanos(now);
            long bytes = 100_000L + random.nextInt(4_000_000);
            now += (long) (bytes / 20e6 * SECOND);
            bucket = bucket.at(now, 5e6).spent(bytes);
            written += bytes;
        }

        assertThat(written / 200e0).isCloseTo(5e6, within(0.1e6));
    }
}
