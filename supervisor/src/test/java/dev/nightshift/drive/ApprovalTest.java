package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Waiting;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan that other people have to approve, in a supervisor's hands. */
class ApprovalTest {

    private final Plan plan = TestRuns.plan(TestRuns.PLAN.replace("steps:", "approval: {people: 1}\nsteps:"));
    private final FakeWorld world = TestRuns.world(plan);
    private final RunDriver driver = new RunDriver(world.stored, plan, world.ports(), world.times());

    @Test
    void waits_held_by_approval_until_somebody_else_approves_and_then_works() {
        takeOver(Optional.empty());
        ticks(10);
        assertThat(state()).isInstanceOf(Waiting.class);
        assertThat(state().holders().of(Holder.Kind.APPROVAL))
                .hasValueSatisfying(holder -> assertThat(holder.reason()).contains("0 of 1 people besides olga"));

        approve(1, "Olga@api");
        ticks(3);
        assertThat(world.outcomes)
                .containsExactly("not approved: olga submitted it, and somebody else has to approve it");
        assertThat(state()).isInstanceOf(Waiting.class);
        assertThat(world.starts).isZero();

        approve(2, "bob@api");
        ticks(20);
        assertThat(world.outcomes).hasSize(2).last().isEqualTo("approved");
        assertThat(world.starts).isPositive();
    }

    @Test
    void is_held_again_wherever_a_way_led_past_the_approval() {
        takeOver(Optional.empty());
        assertThat(ticked()).isInstanceOf(Waiting.class);
        takeOver(Optional.of("is this a copy?"));
        assertThat(state()).isInstanceOf(Unclear.class);
        world.intents.add(TestRuns.intent(7, Intent.Kind.RETRY));
        ticks(30);

        assertThat(state().holders().of(Holder.Kind.APPROVAL))
                .hasValueSatisfying(
                        holder -> assertThat(Approvals.isOfPlan(holder)).isTrue());
        assertThat(world.permitLives()).isFalse();
    }

    private void approve(long id, String by) {
        world.intents.add(
                new Intent(id, TestRuns.ID, Intent.Kind.APPROVE, false, "read it", by, "desk", Instant.EPOCH, false));
    }

    private void takeOver(Optional<String> doubt) {
        world.leaseMine = true;
        done(driver.takeOver(doubt));
    }

    private void ticks(int seconds) {
        for (int i = 0; i < seconds; i++) {
            world.second();
            ticked();
        }
    }

    private RunState ticked() {
        done(driver.tick());
        return state();
    }

    private RunState state() {
        return driver.run().state();
    }

    private static void done(Future<?> future) {
        if (future.failed()) {
            throw new AssertionError(future.cause());
        }
        assertThat(future.isComplete()).isTrue();
    }
}
