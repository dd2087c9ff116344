package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Preflight;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuccessionTest {

    private static final ServerIdentity PROMOTED = new ServerIdentity("1", 2, 5, "there", false);

    private final Plan plan = TestRuns.plan(TestRuns.PLAN);
    private final FakeWorld world = TestRuns.world(plan);
    private final RunDriver driver =
            new RunDriver(world.stored, TestRuns.plan(world.stored.planSource()), world.ports(), world.times());

    @Test
    void a_promotion_that_was_watched_stops_the_run_which_pins_anew_and_goes_on() {
        work();
        world.server = PROMOTED;
        seconds(1);
        assertThat(state()).isInstanceOf(Preflight.class);
        assertThat(world.workerAlive || world.permitLives()).isFalse();

        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(world.pinned.orElseThrow().server()).isEqualTo(PROMOTED);
        assertThat(world.history)
                .filteredOn(event -> event.kind().equals("promoted"))
                .extracting(Event::message)
                .containsExactly("the run began on here, timeline 1, and now there, timeline 2 answers;"
                        + " everything is looked at anew there");
    }

    @Test
    void a_hold_by_guards_ends_with_the_old_primary_and_one_by_a_person_does_not() {
        work();
        world.blind = true;
        seconds(8);
        world.intents.add(TestRuns.intent(1, Intent.Kind.PAUSE));
        seconds(1);
        world.blind = false;
        world.server = PROMOTED;
        until(Parked.class::isInstance);
        seconds(20);
        assertThat(state().holders().all()).extracting(Holder::kind).containsExactly(Holder.Kind.OPERATOR);

        world.intents.add(TestRuns.intent(2, Intent.Kind.RESUME));
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void a_promoted_standby_that_lacks_what_the_run_did_is_a_question() {
        work();
        RunRecord run = world.stored;
        world.stored = new RunRecord(
                run.id(),
                run.planName(),
                run.planHash(),
                run.planSource(),
                run.planFile(),
                run.moves() - 1,
                new Preflight(Holders.NONE));
        world.server = PROMOTED;
        until(Unclear.class::isInstance);

        assertThat(((Unclear) state()).question())
                .contains("its journal ends at move " + (run.moves() - 1) + " of " + run.moves());
        assertThat(world.workerAlive || world.permitLives()).isFalse();
    }

    static List<ServerIdentity> others() {
        return List.of(
                new ServerIdentity("1", 1, 5, "there", false),
                new ServerIdentity("2", 2, 5, "here", false),
                new ServerIdentity("1", 2, 6, "here", false));
    }

    @ParameterizedTest
    @MethodSource("others")
    void any_other_server_is_a_question(ServerIdentity other) {
        work();
        world.server = other;
        until(Unclear.class::isInstance);

        assertThat(((Unclear) state()).question()).startsWith("the run began on here, timeline 1, and now");
        assertThat(world.workerAlive || world.permitLives()).isFalse();
    }

    private void work() {
        Future<?> taken = world.ports().lease().acquire().compose(v -> driver.takeOver(Optional.empty()));
        assertThat(taken.succeeded()).isTrue();
        until(Working.class::isInstance);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            world.second();
            assertThat(driver.tick().cause()).isNull();
        }
    }

    private void until(Predicate<RunState> reached) {
        for (int i = 0; i < 200 && !(reached.test(state()) && driver.isSettled()); i++) {
            seconds(1);
        }
        assertThat(state()).matches(reached);
    }

    private RunState state() {
        return world.stored.state();
    }
}
