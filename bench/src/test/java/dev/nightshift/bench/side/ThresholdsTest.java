package dev.nightshift.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.bench.report.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThresholdsTest {
    private static final CompareOptions SEQUENCE = CompareOptions.parse();
    private static final CompareOptions UUID = CompareOptions.parse("--key", "uuid");
    private static final Outcome UPDATE =
            Seen.GOOD.caughtUp(198).lag(166).p99Millis(40).by(PolicyKind.UPDATE);
    private static final Outcome WALK =
            Seen.GOOD.wal(1_900_000_000).growth(1.84).by(PolicyKind.NIGHTSHIFT_KEY);

    @Test
    void a_good_heap_walk_holds_them_all() {
        assertThat(failing(Seen.GOOD)).isEmpty();
        assertThat(Thresholds.of(List.of(UPDATE, WALK, heap(Seen.GOOD)), SEQUENCE))
                .hasSize(16);
    }

    @Test
    void each_fault_fails_the_threshold_that_is_about_it() {
        assertThat(failing(Seen.GOOD.lag(5.1))).containsExactly("lag p99");
        assertThat(failing(Seen.GOOD.p99Millis(16))).containsExactly("application p99 against the same load alone");
        assertThat(failing(Seen.GOOD.turns(3))).containsExactly("starts and stops a minute");
        assertThat(failing(Seen.GOOD.hot(0.7))).containsExactly("HOT updates");
        assertThat(failing(Seen.GOOD.growth(1.3))).containsExactly("growth against the key walk's");
        assertThat(failing(Seen.GOOD.wal(1_300_000_000))).containsExactly("WAL against the key walk's");
        assertThat(failing(Seen.GOOD.once(999))).containsExactly("every row done exactly once");
        assertThat(failing(Seen.GOOD.caughtUp(130))).containsExactly("caught up, against its WAL over the link's rate");
        assertThat(failing(Seen.GOOD.caughtUp(199)))
                .containsExactly("caught up, against its WAL over the link's rate", "caught up, against one UPDATE's");
    }

    @Test
    void what_failed_holds_nothing_and_asks_for_nothing_else() {
        Outcome failed = Outcome.failed(PolicyKind.NIGHTSHIFT_HEAP, "refused");
        assertThat(Thresholds.of(List.of(failed), SEQUENCE)).singleElement().satisfies(threshold -> {
            assertThat(threshold.holds()).isFalse();
            assertThat(threshold.line()).startsWith("FAILS  nightshift-heap: every row done exactly once");
        });
    }

    @Test
    void lag_and_latency_of_other_policies_are_shown_and_not_judged() {
        assertThat(Thresholds.of(List.of(UPDATE), SEQUENCE)).allMatch(Threshold::holds);
    }

    @Test
    void with_a_random_key_less_wal_is_asked_for_and_a_small_table() {
        List<Threshold> found = Thresholds.of(List.of(WALK, heap(Seen.GOOD.growth(1.21))), UUID);
        assertThat(found)
                .filteredOn(threshold -> !threshold.holds())
                .extracting(Threshold::what)
                .containsExactly("nightshift-heap: WAL against the key walk's", "nightshift-heap: growth");
    }

    @Test
    void a_policy_that_was_over_before_its_checkpoints_is_not_compared_as_if_it_had_had_them() {
        CompareOptions many = CompareOptions.parse("--checkpoints", "11");
        assertThat(Thresholds.of(List.of(UPDATE), many))
                .filteredOn(threshold -> !threshold.holds())
                .extracting(Threshold::what)
                .containsExactly("update: checkpoints during the run");
    }

    private static List<String> failing(Seen seen) {
        return Thresholds.of(List.of(UPDATE, WALK, heap(seen)), SEQUENCE).stream()
                .filter(threshold -> !threshold.holds())
                .map(threshold -> threshold.what().replace("nightshift-heap: ", ""))
                .toList();
    }

    private static Outcome heap(Seen seen) {
        return seen.by(PolicyKind.NIGHTSHIFT_HEAP);
    }
}
