package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightCheck;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Preflight;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RunDriverTest {

    private static final int MOST_SECONDS = 400;

    private final Plan plan = TestRuns.plan(TestRuns.PLAN);
    private final FakeWorld world = TestRuns.world(plan);
    private RunDriver driver = takeOver();

    @Test
    void ends_well_when_nothing_happens() {
        until(RunState::isEnd);

        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(world.starts).isEqualTo(1);
        assertThat(world.permitLives()).isFalse();
    }

    @Test
    void the_supervisor_may_crash_after_any_change_and_the_run_still_ends_well() {
        int changes = changesOfAWholeRun(w -> {});
        for (int k = 0; k <= changes; k++) {
            assertThat(endAfterCrash(k, w -> {})).as("crash after change " + k).isEqualTo(new Succeeded());
        }
    }

    @Test
    void the_supervisor_may_crash_after_any_change_of_an_abort_and_the_abort_plan_is_still_carried_out() {
        Consumer<FakeWorld> abort = w -> w.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        int changes = changesOfAWholeRun(abort);
        for (int k = 0; k <= changes; k++) {
            assertThat(endAfterCrash(k, abort)).as("crash after change " + k).isInstanceOf(Aborted.class);
        }
    }

    @Test
    void holds_on_a_pause_and_writes_nothing_until_resumed() {
        until(Working.class::isInstance);
        world.intents.add(TestRuns.intent(1, Intent.Kind.PAUSE));
        until(Holding.class::isInstance);
        long batches = batches();
        seconds(20);

        assertThat(batches()).isEqualTo(batches);
        assertThat(world.permitLives()).isFalse();
        assertThat(world.outcomes).containsExactly("paused");

        world.intents.add(TestRuns.intent(2, Intent.Kind.RESUME));
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void a_pause_survives_the_supervisor() {
        until(Working.class::isInstance);
        world.intents.add(TestRuns.intent(1, Intent.Kind.PAUSE));
        until(Holding.class::isInstance);
        world.supervisorGone();
        driver = takeOver();
        seconds(5);

        assertThat(state().holders().of(Holder.Kind.OPERATOR)).isPresent();
        assertThat(world.permitLives()).isFalse();
    }

    @Test
    void does_not_grant_while_it_cannot_see() {
        until(Working.class::isInstance);
        world.blind = true;
        until(Holding.class::isInstance);
        seconds(10);

        assertThat(world.permitLives()).isFalse();
        world.blind = false;
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void three_late_renewals_hold_until_the_database_writes_in_time_again() {
        until(Working.class::isInstance);
        world.slow = true;
        seconds(2);
        assertThat(state()).isInstanceOf(Working.class);
        seconds(2);
        assertThat(state().holders().of(Holder.Kind.GUARD))
                .get()
                .asString()
                .contains("the database is too slow to renew");
        long batches = batches();
        seconds(30);
        assertThat(state()).isInstanceOf(Holding.class);
        assertThat(batches()).isEqualTo(batches);

        world.slow = false;
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void aborts_when_a_guard_says_so() {
        until(Working.class::isInstance);
        world.lagging = true;
        until(RunState::isEnd);

        assertThat(state()).isInstanceOfSatisfying(Aborted.class, aborted -> {
            assertThat(aborted.cause().kind()).isEqualTo(Cause.Kind.GUARD);
            assertThat(aborted.cause().reason()).contains("blocked sessions");
        });
        assertThat(world.abortPlans).isEqualTo(1);
    }

    @Test
    void says_what_is_left_when_the_abort_plan_cannot_be_carried_out() {
        world.abortLeft = List.of("DROP INDEX CONCURRENTLY public.i");
        until(Working.class::isInstance);
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        until(RunState::isEnd);

        assertThat(state()).isInstanceOf(AbortIncomplete.class);
        world.abortLeft = List.of();
        world.intents.add(TestRuns.intent(2, Intent.Kind.RETRY));
        driver = takeOver();
        until(Aborted.class::isInstance);
        assertThat(world.abortPlans).isEqualTo(2);
    }

    @Test
    void replaces_a_worker_that_was_killed_or_froze() {
        until(Working.class::isInstance);
        world.killWorker(137);
        seconds(5);
        assertThat(world.starts).isEqualTo(2);
        world.workerFrozen = true;
        until(s -> world.starts == 3);
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void gives_up_on_a_worker_that_never_gets_any_further() {
        until(Working.class::isInstance);
        for (int i = 0; i < MOST_SECONDS && !state().isEnd(); i++) {
            world.nextExit = OptionalInt.of(1);
            seconds(1);
        }
        assertThat(state())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.CRASHES));
    }

    @Test
    void fails_before_the_first_write_when_preflight_finds_something() {
        world.preflight = new PreflightReport(
                List.of(
                        result(PreflightCheck.STEPS, Outcome.FAIL, Optional.empty()),
                        result(PreflightCheck.WINDOW, Outcome.WARN, Optional.empty())),
                List.of());
        until(RunState::isEnd);

        assertThat(state()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.PREFLIGHT);
            assertThat(failed.failure().explanation().what()).isEqualTo("PF-STEP: seen");
        });
        assertThat(world.starts).isZero();
    }

    @Test
    void ticks_go_on_and_keep_the_lease_while_preflight_takes_longer_than_it_lasts() {
        Promise<PreflightReport> look = Promise.promise();
        world.slowLook = look.future();
        seconds(20);
        assertThat(state()).isInstanceOf(Preflight.class);

        look.complete(new PreflightReport(List.of(), List.of()));
        until(RunState::isEnd);
        assertThat(state()).isInstanceOf(Succeeded.class);
    }

    @Test
    void a_warning_and_a_waiver_are_written_down_once_and_the_run_goes_on() {
        world.preflight = new PreflightReport(
                List.of(
                        result(PreflightCheck.PRIMARY, Outcome.PASS, Optional.empty()),
                        result(PreflightCheck.WINDOW, Outcome.WARN, Optional.empty()),
                        result(PreflightCheck.ARCHIVER, Outcome.UNKNOWN, Optional.of("known for a week"))),
                List.of());
        until(RunState::isEnd);

        assertThat(state()).isInstanceOf(Succeeded.class);
        assertThat(world.history)
                .filteredOn(event -> event.kind().equals("preflight"))
                .extracting(Event::subject, Event::message)
                .containsExactly(
                        tuple("PF-WINDOW", "warn: seen; do it"),
                        tuple("PF-ARCHIVER", "unknown: seen (waived: known for a week)"));
    }

    private static CheckResult result(PreflightCheck check, Outcome outcome, Optional<String> waived) {
        return new CheckResult(check, outcome, "seen", "do it", waived);
    }

    @Test
    void asks_a_person_when_the_journal_may_be_a_copy() {
        driver = new RunDriver(world.stored, plan, world.ports(), world.times());
        world.leaseMine = true;
        done(driver.takeOver(Optional.of("another database cluster")));
        seconds(5);

        assertThat(state()).isInstanceOf(Unclear.class);
        assertThat(world.starts).isZero();
    }

    @Test
    void stops_acting_when_another_supervisor_has_the_lease() {
        until(Working.class::isInstance);
        world.leaseMine = false;
        world.second();

        assertThat(driver.tick().cause()).isInstanceOf(Superseded.class);
    }

    private RunState endAfterCrash(int k, Consumer<FakeWorld> wish) {
        FakeWorld crashing = TestRuns.world(plan);
        RunDriver first = driverOf(crashing);
        crashing.faults.crashAfter(k);
        first.takeOver(Optional.empty());
        boolean wished = false;
        for (int i = 0; i < MOST_SECONDS && crashing.faults.changes() <= k && !first.isOver(); i++) {
            wished = wish(crashing, wish, wished);
            crashing.second();
            first.tick();
        }
        crashing.supervisorGone();
        RunDriver second = driverOf(crashing);
        second.takeOver(Optional.empty());
        for (int i = 0; i < MOST_SECONDS && !second.isOver(); i++) {
            wished = wish(crashing, wish, wished);
            crashing.second();
            second.tick();
        }
        return crashing.stored.state();
    }

    private int changesOfAWholeRun(Consumer<FakeWorld> wish) {
        FakeWorld whole = TestRuns.world(plan);
        RunDriver one = driverOf(whole);
        whole.faults.crashAfter(Integer.MAX_VALUE);
        done(one.takeOver(Optional.empty()));
        boolean wished = false;
        for (int i = 0; i < MOST_SECONDS && !one.isOver(); i++) {
            wished = wish(whole, wish, wished);
            whole.second();
            done(one.tick());
        }
        assertThat(one.isOver()).isTrue();
        return whole.faults.changes();
    }

    private static boolean wish(FakeWorld world, Consumer<FakeWorld> wish, boolean wished) {
        if (!wished && world.stored.state() instanceof Working) {
            wish.accept(world);
            return true;
        }
        return wished;
    }

    private RunDriver driverOf(FakeWorld of) {
        of.leaseMine = true;
        return new RunDriver(of.stored, plan, of.ports(), of.times());
    }

    private RunDriver takeOver() {
        RunDriver taking = driverOf(world);
        done(taking.takeOver(Optional.empty()));
        return taking;
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            world.second();
            done(driver.tick());
        }
    }

    private void until(Predicate<RunState> reached) {
        for (int i = 0; i < MOST_SECONDS && !(reached.test(state()) && driver.isSettled()); i++) {
            seconds(1);
        }
        assertThat(state()).matches(reached);
    }

    private RunState state() {
        return world.stored.state();
    }

    private long batches() {
        return world.steps.stream().mapToLong(s -> s.batches()).sum();
    }

    private static void done(Future<?> future) {
        assertThat(future.cause()).isNull();
        assertThat(future.succeeded()).isTrue();
    }
}
