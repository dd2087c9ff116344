package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much of a table is tidied at a time. */
class TidySizesTest {

    private static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private static final Duration QUICK = Duration.ofMillis(5);

    @Test
    void parts_grow_while_they_are_quick_and_shrink_when_they_are_not() {
        TidySizes sizes = TidySizes.START;
        for (int i = 0; i < 20; i++) {
            sizes = sizes.after(sizes.within(UNLIMITED), QUICK, 0);
        }
        assertThat(sizes.within(UNLIMITED)).isEqualTo(16_384);
        assertThat(sizes.after(16_384, Duration.ofMillis(300), 0).within(UNLIMITED))
                .isEqualTo(8_192);
        assertThat(sizes.halved().within(UNLIMITED)).isEqualTo(8_192);
    }

    @Test
    void at_first_every_page_may_be_written_in_full() {
        assertThat(TidySizes.START.within(80_000)).isEqualTo(9);
        assertThat(TidySizes.START.within(0)).isEqualTo(1);
    }

    @Test
    void a_part_that_wrote_more_than_believed_makes_the_next_one_shorter_at_once() {
        TidySizes calm = new TidySizes(10_000, 100);
        assertThat(calm.within(1e6)).isEqualTo(10_000);
        TidySizes afterCheckpoint = calm.after(1_000, QUICK, 8_000_000);
        assertThat(afterCheckpoint.within(1e6)).isEqualTo(125);
        assertThat(afterCheckpoint.after(125, QUICK, 0).within(1e6)).isBetween(126L, 250L);
    }
}
