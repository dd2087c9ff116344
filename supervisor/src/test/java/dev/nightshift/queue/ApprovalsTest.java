package dev.nightshift.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Holder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalsTest {

    private static final String HASH = "0123456789abcdef0123";

    @Test
    void a_plan_that_asks_for_none_is_approved_by_nobody() {
        assertThat(new Approvals("ann@desk", List.of()).missing(0, HASH)).isEmpty();
    }

    @Test
    void says_how_many_are_missing_of_which_text() {
        Optional<Holder> missing = new Approvals("ann@desk", List.of("bob")).missing(2, HASH);

        assertThat(missing.orElseThrow().kind()).isEqualTo(Holder.Kind.APPROVAL);
        assertThat(missing.orElseThrow().reason())
                .isEqualTo("1 of 2 people besides ann have approved plan 0123456789ab, so far bob");
        assertThat(Approvals.isOfPlan(missing.orElseThrow())).isTrue();
        assertThat(Approvals.isOfPlan(new Holder(Holder.Kind.APPROVAL, "step look", "look")))
                .isFalse();
    }

    @Test
    void who_submitted_it_does_not_count_from_whichever_host_or_by_whichever_token() {
        Approvals own = new Approvals("ann@desk", List.of()).with("ann@api").with("Ann@laptop");

        assertThat(own.people()).isEmpty();
        assertThat(own.missing(1, HASH)).isPresent();
        assertThat(own.with("bob@api").missing(1, HASH)).isEmpty();
    }

    @Test
    void nobody_counts_twice() {
        Approvals twice = new Approvals("ann@desk", List.of()).with("bob@api").with("bob@desk");

        assertThat(twice.people()).containsExactly("bob");
        assertThat(twice.missing(2, HASH)).isPresent();
        assertThat(twice.with("eve@desk").missing(2, HASH)).isEmpty();
    }
}
