package dev.nightshift.bench.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.bench.walk.WalkKind.Batches;
import org.junit.jupiter.api.Test;

final class WalkKindTest {
    @Test
    void a_loop_by_key_has_as_many_batches_as_the_walk_and_leaves_no_key_out() {
        assertThat(WalkKind.KEY.loop(10, 99, new Batches(4, 1)))
                .hasSize(5)
                .first()
                .asString()
                .endsWith("AND id > 0 AND id <= 2");
        assertThat(WalkKind.KEY.loop(10, 99, new Batches(4, 1)))
                .last()
                .asString()
                .endsWith("AND id > 8 AND id <= 10");
    }

    @Test
    void a_loop_by_pages_does_every_stripe_of_a_range_before_the_next() {
        assertThat(WalkKind.HEAP.loop(1_000, 10, new Batches(8, 4)))
                .hasSize(8)
                .map(sql -> sql.replaceFirst(".*IS NULL AND ", ""))
                .startsWith("ctid >= '(0,0)' AND ctid < '(5,0)' AND get_byte(tidsend(ctid), 5) & 3 = 0")
                .endsWith("ctid >= '(5,0)' AND ctid < '(10,0)' AND get_byte(tidsend(ctid), 5) & 3 = 3");
    }

    @Test
    void a_loop_by_pages_ends_where_the_table_ended_before() {
        assertThat(WalkKind.HEAP.loop(1_000, 10, new Batches(3, 1)))
                .hasSize(3)
                .last()
                .asString()
                .contains("ctid >= '(8,0)' AND ctid < '(10,0)'");
    }

    @Test
    void options_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> WalkOptions.parse("--walk", "index")).hasMessageContaining("one of key, heap");
        assertThat(WalkOptions.parse("--walk", "heap").walks()).containsExactly(WalkKind.HEAP);
    }
}
