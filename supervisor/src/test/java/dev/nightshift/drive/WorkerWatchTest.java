package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkerWatchTest {

    private static final Holders ASKED =
            Holders.NONE.with(new Holder(Holder.Kind.APPROVAL, "step before-contract", "look first"));

    private final WorkerWatch watch =
            new WorkerWatch(TestRuns.world(TestRuns.plan(TestRuns.PLAN)).times());
    private final Report answered =
            new Report(List.of(), Optional.empty(), List.of(), Optional.empty());

    @Test
    void an_approval_lets_a_run_go_on_whether_it_holds_or_its_window_has_closed_meanwhile() {
        RunEvent released = new RunEvent.Released(Holder.Kind.APPROVAL, "approved");

        assertThat(watch.events(new Holding(ASKED), answered, OptionalInt.empty(), true))
                .containsExactly(released);
        assertThat(watch.events(new Parked(ASKED), answered, OptionalInt.empty(), true))
                .containsExactly(released);
        assertThat(watch.events(new Parked(Holders.NONE), answered, OptionalInt.empty(), true))
                .isEmpty();
    }
}
