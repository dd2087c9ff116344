package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerWatchTest {

    private static final Holders ASKED =
            Holders.NONE.with(new Holder(Holder.Kind.APPROVAL, "step before-contract", "look first"));

    private final FakeWorld world = TestRuns.world(TestRuns.plan(TestRuns.PLAN));
    private final WorkerWatch watch = new WorkerWatch(world.times());
    private final Report answered = Reports.of(Optional.empty(), List.of(), Optional.empty());

    @Test
    void an_approval_lets_a_run_go_on_whether_it_holds_or_its_window_has_closed_meanwhile() {
        RunEvent released = new RunEvent.Released(Holder.Kind.APPROVAL, "approved");

        assertThat(watch.events(new Holding(ASKED), answered, Optional.empty(), true))
                .containsExactly(released);
        assertThat(watch.events(new Parked(ASKED), answered, Optional.empty(), true))
                .containsExactly(released);
        assertThat(watch.events(new Parked(Holders.NONE), answered, Optional.empty(), true))
                .isEmpty();
    }

    @Test
    void a_worker_is_missed_only_from_when_it_runs() {
        watch.want();
        watch.started();
        passes(Duration.ofMinutes(5));
        assertThat(watch.isSilent(answered)).isFalse();

        hear(new WorkerNews.Runs());
        assertThat(watch.isSilent(answered)).isFalse();
        passes(Duration.ofSeconds(41));
        assertThat(watch.isSilent(answered)).isTrue();
    }

    @Test
    void a_worker_that_is_being_replaced_is_not_missed() {
        watch.want();
        watch.started();
        hear(new WorkerNews.Runs());
        passes(Duration.ofSeconds(60));
        assertThat(watch.isSilent(beatAgo(Duration.ofSeconds(30)))).isTrue();

        hear(new WorkerNews.Replaced("evicted"));
        passes(Duration.ofMinutes(3));
        assertThat(watch.isSilent(beatAgo(Duration.ofMinutes(3)))).isFalse();
    }

    @Test
    void a_worker_that_cannot_run_fails_the_run_and_one_that_is_gone_is_no_crash() {
        Explanation why = new Explanation("no such image", "starting", "as it was", "mend it");
        for (int i = 0; i < 20; i++) {
            watch.want();
            watch.started();
            assertThat(hear(new WorkerNews.Gone("its node is lost")))
                    .containsExactly(new RunEvent.WorkerLost("its node is lost"));
        }

        watch.want();
        watch.started();
        assertThat(hear(new WorkerNews.Refused(why)))
                .containsExactly(new RunEvent.StepFailed(new Failure(Failure.Kind.CRASHES, why)));
    }

    @Test
    void a_worker_that_has_ended_is_not_started_again_unless_the_run_wants_one() {
        watch.want();
        assertThat(watch.isDue()).isTrue();
        watch.started();

        assertThat(hear(new WorkerNews.Ended(0))).containsExactly(new RunEvent.WorkDone());
        assertThat(watch.isDue()).isFalse();

        watch.want();
        assertThat(watch.isDue()).isTrue();
    }

    private List<RunEvent> hear(WorkerNews news) {
        return watch.events(new Working(), answered, Optional.of(news), false);
    }

    private void passes(Duration time) {
        world.nanos += time.toNanos();
    }

    private Report beatAgo(Duration age) {
        return Reports.of(
                Optional.of(new Heartbeat(1, "node-a", 7, age, "works", WorkPace.NONE)), List.of(), Optional.empty());
    }
}
