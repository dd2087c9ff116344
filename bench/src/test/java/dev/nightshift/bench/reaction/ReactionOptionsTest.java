package dev.nightshift.bench.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReactionOptionsTest {
    @Test
    void measures_every_fault_unless_told_otherwise() {
        assertThat(ReactionOptions.parse().faults()).containsExactly(Fault.VANISH, Fault.STALL, Fault.ABORT);
        assertThat(ReactionOptions.parse("--faults", "abort", "--walk=heap"))
                .isEqualTo(new ReactionOptions(List.of(Fault.ABORT), 600_000, "heap", 3));
    }

    @Test
    void a_fault_that_it_does_not_know_is_refused() {
        assertThatThrownBy(() -> ReactionOptions.parse("--faults", "fire"))
                .hasMessage("--faults: expected one of vanish, stall, abort, found 'fire'");
    }
}
