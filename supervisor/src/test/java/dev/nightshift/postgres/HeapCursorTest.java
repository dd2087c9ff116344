package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapCursorTest {

    private static final Leaf LEAF = new Leaf(77, "public.t", 99, 1000);
    private static final HeapCursor BEGUN = HeapCursor.begin(0, 0).leaf(LEAF, 4, List.of(LEAF.all()));

    @Test
    void a_range_is_done_in_its_stripes_and_then_the_next_one_begins() {
        HeapCursor cursor = BEGUN.ranging(300);
        assertThat(cursor.range()).contains(new Blocks(0, 300));
        assertThat(cursor.todo()).containsExactly(new Blocks(300, 1000));
        for (int stripe = 0; stripe < 4; stripe++) {
            assertThat(cursor.stripe()).isEqualTo(stripe);
            cursor = cursor.ranging(300).striped();
        }
        assertThat(cursor.range()).isEmpty();
        assertThat(cursor.ranging(300).range()).contains(new Blocks(300, 600));
    }

    @Test
    void every_block_comes_in_every_stripe_whatever_the_ranges() {
        HeapCursor cursor = BEGUN;
        int[] visits = new int[1000];
        for (int size = 1; !cursor.leafOver(); size = size % 170 + 13) {
            cursor = cursor.ranging(size);
            Blocks range = cursor.range().orElseThrow();
            for (long block = range.from(); block < range.to(); block++) {
                visits[(int) block] |= 1 << cursor.stripe();
            }
            cursor = cursor.striped();
        }
        assertThat(visits).containsOnly(0b1111);
    }

    @Test
    void a_range_that_is_cut_gives_its_rest_back_from_its_first_stripe() {
        HeapCursor cut = BEGUN.ranging(400).striped().ranging(100);
        assertThat(cut.range()).contains(new Blocks(0, 100));
        assertThat(cut.stripe()).isEqualTo(1);
        assertThat(cut.todo()).containsExactly(new Blocks(100, 400), new Blocks(400, 1000));
    }

    @Test
    void it_is_read_as_it_was_written() {
        Stream.of(BEGUN, BEGUN.ranging(10), BEGUN.ranging(10).striped(), BEGUN.finished())
                .forEach(cursor -> assertThat(HeapCursor.read(cursor.text())).isEqualTo(cursor));
    }

    @Test
    void pieces_become_few_by_their_smallest_gaps_and_lose_no_block() {
        List<Blocks> far = IntStream.range(0, 500)
                .mapToObj(i -> new Blocks(i * (100L + i), i * (100L + i) + 64))
                .toList();
        List<Blocks> few = Blocks.merged(far, 64);
        assertThat(few).hasSizeLessThanOrEqualTo(64);
        assertThat(far)
                .allMatch(piece ->
                        few.stream().anyMatch(whole -> whole.from() <= piece.from() && piece.to() <= whole.to()));
        assertThat(Blocks.merged(List.of(new Blocks(0, 64), new Blocks(64, 128), new Blocks(256, 320)), 64))
                .containsExactly(new Blocks(0, 128), new Blocks(256, 320));
    }

    @Test
    void ranges_are_as_long_as_rows_time_and_wal_allow() {
        HeapSizes dense = HeapSizes.sampled(45, 45);
        assertThat(dense.stripes()).isEqualTo(16);
        assertThat(dense.blocks(500, Double.POSITIVE_INFINITY, 16)).isEqualTo(177);
        assertThat(dense.blocks(50_000, Double.POSITIVE_INFINITY, 16)).isEqualTo(16_384);
        assertThat(dense.blocks(50_000, 16 << 20, 16)).isEqualTo(537);
        assertThat(dense.blocks(50_000, 1e6, 16)).isEqualTo(32);
        assertThat(dense.blocks(50_000, 0, 16)).isEqualTo(1);
        assertThat(HeapSizes.sampled(3, 3).stripes()).isEqualTo(1);
        assertThat(HeapSizes.sampled(9, 9).stripes()).isEqualTo(4);
        HeapSizes sparse = HeapSizes.sampled(1, 0.001);
        assertThat(sparse.stripes()).isEqualTo(1);
        assertThat(sparse.blocks(500, 1e6, 1)).isEqualTo(16_384);
    }

    @Test
    void a_range_gets_shorter_at_once_when_its_stripes_write_more_and_longer_by_and_by() {
        HeapSizes seen = HeapSizes.sampled(48, 48).seen(48, 8_000);
        assertThat(seen.blocks(50_000, 16e6, 16)).isEqualTo(2_000);
        HeapSizes checkpoint = seen.seen(48, 32_000);
        assertThat(checkpoint.blocks(50_000, 16e6, 16)).isEqualTo(500);
        HeapSizes after = checkpoint.seen(48, 8_000);
        assertThat(after.blocks(50_000, 16e6, 16)).isBetween(600L, 700L);
        assertThat(after.stripes()).isEqualTo(16);
    }
}
