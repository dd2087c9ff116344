package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** A database that is away for one call, whichever it is, must not leave the run where nothing moves it any more. */
class AbsentDatabaseTest {

    private static final int MOST_SECONDS = 400;

    private final Plan plan = TestRuns.plan(TestRuns.PLAN);
    private FakeWorld world = TestRuns.world(plan);

    @Test
    void the_answer_to_any_change_may_be_lost_and_the_run_still_ends_well() {
        int changes = changesOfAWholeRun(AbsentDatabaseTest::nothing);
        for (int k = 0; k < changes; k++) {
            assertThat(end(k, world -> world::loseAnswerAfter, AbsentDatabaseTest::nothing))
                    .as("answer to change " + k)
                    .isEqualTo(new Succeeded());
        }
    }

    @Test
    void any_change_may_be_refused_once_and_the_run_still_ends_well() {
        int changes = changesOfAWholeRun(AbsentDatabaseTest::nothing);
        for (int k = 0; k < changes; k++) {
            assertThat(end(k, world -> world::refuseAfter, AbsentDatabaseTest::nothing))
                    .as("change " + k)
                    .isEqualTo(new Succeeded());
        }
    }

    @Test
    void an_abort_is_carried_out_whichever_answer_is_lost() {
        int changes = changesOfAWholeRun(AbsentDatabaseTest::abort);
        for (int k = 0; k < changes; k++) {
            assertThat(end(k, world -> world::loseAnswerAfter, AbsentDatabaseTest::abort))
                    .as("answer to change " + k)
                    .isInstanceOf(Aborted.class);
        }
    }

    @Test
    void an_abort_is_carried_out_whichever_change_is_refused() {
        int changes = changesOfAWholeRun(AbsentDatabaseTest::abort);
        for (int k = 0; k < changes; k++) {
            assertThat(end(k, world -> world::refuseAfter, AbsentDatabaseTest::abort))
                    .as("change " + k)
                    .isInstanceOf(Aborted.class);
        }
    }

    @Test
    void an_abort_goes_on_once_the_role_got_the_privilege_that_it_lacked() {
        RunDriver driver = takeOver();
        while (!(world.stored.state() instanceof Working)) {
            second(driver);
        }
        world.revokeFails = new Permanent(
                new Explanation("no privilege to end the session", "revoking", "as the journal has it", "grant it"));
        abort(world);
        second(driver);
        for (int i = 0; i < 3; i++) {
            assertThat(second(driver).cause()).isInstanceOf(Permanent.class);
        }

        world.revokeFails = null;
        for (int i = 0; i < MOST_SECONDS && !driver.isOver(); i++) {
            second(driver);
        }
        assertThat(world.stored.state()).isInstanceOf(Aborted.class);
    }

    private static void nothing(FakeWorld world) {}

    private static void abort(FakeWorld world) {
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
    }

    /** How a fault is asked for. */
    private interface Fault {
        IntConsumer of(Faults faults);
    }

    private RunState end(int k, Fault fault, Consumer<FakeWorld> wish) {
        world = TestRuns.world(plan);
        fault.of(world.faults).accept(k);
        RunDriver driver = takeOver();
        boolean wished = false;
        for (int i = 0; i < MOST_SECONDS && !driver.isOver(); i++) {
            if (!wished && world.stored.state() instanceof Working) {
                wish.accept(world);
                wished = true;
            }
            Future<?> ticked = second(driver);
            if (ticked.failed()) {
                assertThat(ticked.cause()).isInstanceOf(Transient.class);
            }
        }
        return world.stored.state();
    }

    private int changesOfAWholeRun(Consumer<FakeWorld> wish) {
        end(Integer.MAX_VALUE, world -> world::crashAfter, wish);
        return world.faults.changes();
    }

    private RunDriver takeOver() {
        world.leaseMine = true;
        RunDriver driver = new RunDriver(world.stored, plan, world.ports(), world.times());
        for (int i = 0; driver.takeOver(Optional.empty()).failed(); i++) {
            assertThat(i).as("tries to take the run over").isLessThan(3);
        }
        return driver;
    }

    private Future<?> second(RunDriver driver) {
        world.second();
        return driver.tick();
    }
}
