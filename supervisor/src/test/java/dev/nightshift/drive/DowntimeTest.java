package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DowntimeTest {

    private static final int MOST_SECONDS = 900;
    private static final int FILL = 1;

    private static final String STEPS = """
            steps:
              - workloads: {name: down, namespace: shop, stop: [deployment/web, statefulset/mailer], sessions: {user: app}, within: 30s%s}
              - backfill:  {name: fill, table: public.orders, set: {n: "1"}, where: "n IS NULL"}
              - workloads: {name: up, back: down}
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY i ON public.orders (n)"}
            abort:
              - statement: {name: undo, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.i"}
            """;

    private static final String HEAD = TestRuns.PLAN.substring(0, TestRuns.PLAN.indexOf("steps:"));

    private static Plan plan(String more) {
        return TestRuns.plan(HEAD + STEPS.formatted(more));
    }

    private Plan plan = plan("");
    private FakeWorld world = TestRuns.world(plan);
    private RunDriver driver = takeOver(world);

    @Test
    void an_application_is_down_while_its_steps_are_carried_out_and_back_for_those_after() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        until(state -> step(3).state() == StepRecord.State.RUNNING);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(world.workloads.down()).isEmpty();
    }

    @Test
    void the_supervisor_may_crash_after_any_change_and_nothing_stays_down() {
        assertThat(crashAfterEach(w -> {})).containsOnly(new Succeeded());
    }

    @Test
    void the_supervisor_may_crash_after_any_change_of_an_abort_and_nothing_stays_down() {
        List<RunState> ends = crashAfterEach(w -> w.intents.add(TestRuns.intent(1, Intent.Kind.ABORT)));
        assertThat(ends).allSatisfy(end -> assertThat(end).isInstanceOf(Aborted.class));
    }

    @Test
    void the_supervisor_may_crash_after_any_change_of_a_failure_and_nothing_stays_down() {
        List<RunState> ends = crashAfterEach(DowntimeTest::failFill);
        assertThat(ends).allSatisfy(end -> assertThat(end).isInstanceOf(Failed.class));
    }

    @Test
    void a_worker_that_is_killed_while_the_application_goes_is_replaced_and_the_run_ends_well() {
        world.workloads.slowPods = 20;
        until(state -> step(0).state() == StepRecord.State.RUNNING);
        world.killWorker(137);
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    @Test
    void a_run_that_fails_brings_the_application_back_and_a_retry_takes_it_down_again() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        failFill(world);
        until(RunState::isEnd);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
        assertThat(step(0).state()).isEqualTo(StepRecord.State.PENDING);

        world.intents.add(TestRuns.intent(2, Intent.Kind.RETRY));
        driver = takeOver(world);
        until(state -> fill().state() == StepRecord.State.RUNNING);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    @Test
    void a_plan_that_keeps_it_down_says_so_and_has_it_back_when_the_abort_plan_is_complete() {
        begin(plan(", keep-down: true"));
        until(state -> fill().state() == StepRecord.State.RUNNING);
        failFill(world);
        until(RunState::isEnd);
        seconds(5);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        assertThat(world.history).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo("downtime");
            assertThat(event.message()).startsWith("kept down while the run is failed: deployment/web");
        });
        world.abortLeft = List.of("DROP INDEX CONCURRENTLY public.i");
        world.intents.add(TestRuns.intent(2, Intent.Kind.ABORT));
        driver = takeOver(world);
        until(AbortIncomplete.class::isInstance);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        assertThat(((AbortIncomplete) state()).left())
                .anySatisfy(left -> assertThat(left)
                        .startsWith("kubectl -n shop scale deployment/web --replicas=3 -- kept down by its plan"));
        world.abortLeft = List.of();
        world.intents.add(TestRuns.intent(3, Intent.Kind.RETRY));
        driver = takeOver(world);
        until(Aborted.class::isInstance);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    @Test
    void a_hold_leaves_it_down_and_parking_brings_it_back() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        world.intents.add(TestRuns.intent(1, Intent.Kind.PAUSE));
        until(Holding.class::isInstance);
        seconds(20);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        world.nanos += 3_700_000_000_000L;
        until(Parked.class::isInstance);
        seconds(3);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);

        world.intents.add(TestRuns.intent(2, Intent.Kind.RESUME));
        until(state -> state instanceof Working && step(0).state() == StepRecord.State.DONE);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void a_step_that_waits_for_the_next_window_does_not_keep_the_application_down() {
        begin(TestRuns.plan("window: {opens: \"0 1 * * *\", lasts: 20m, zone: UTC}\n" + HEAD
                + STEPS.formatted(", expected: 10m")
                        .replace(
                                "  - workloads: {name: up",
                                "  - statement: {name: slow, sql: \"CREATE INDEX CONCURRENTLY j ON public.orders (n)\","
                                        + " expected: 15m}\n  - workloads: {name: up")));
        world.batchesOfAStep = 400;
        until(state -> fill().state() == StepRecord.State.DONE);
        until(Parked.class::isInstance);
        seconds(5);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
        assertThat(state().holders().of(Holder.Kind.WINDOW)).isPresent();

        world.now = Instant.parse("2026-03-02T23:00:00Z");
        seconds(5);
        world.now = Instant.parse("2026-03-03T01:00:00Z");
        until(state -> step(2).state() == StepRecord.State.RUNNING);
        assertThat(world.workloads.replicas.values()).containsExactly(0, 0);
    }

    @Test
    void nothing_is_concluded_from_a_cluster_that_does_not_answer() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        world.workloads.away = true;
        failFill(world);
        until(RunState::isEnd, false);
        seconds(100);
        assertThat(driver.isOver()).isFalse();
        assertThat(world.history)
                .filteredOn(event -> event.message().startsWith("the Kubernetes API does not answer"))
                .hasSize(1);
        world.workloads.away = false;
        seconds(40);
        assertThat(driver.isOver()).isTrue();
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    @Test
    void an_abort_is_over_only_when_the_application_is_back() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        world.workloads.away = true;
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        seconds(60);
        assertThat(state().word()).isEqualTo("aborting");
        assertThat(world.abortPlans).isEqualTo(1);
        world.workloads.away = false;
        until(RunState::isEnd);
        assertThat(state()).isInstanceOf(Aborted.class);
        assertThat(world.abortPlans).isEqualTo(1);
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    @Test
    void what_may_not_be_brought_back_is_left_to_a_person_with_the_command() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        world.workloads.refusal = "no right to";
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        until(RunState::isEnd);
        assertThat(((AbortIncomplete) state()).left())
                .containsExactly(
                        "kubectl -n shop scale deployment/web --replicas=3 -- no right to",
                        "kubectl -n shop scale statefulset/mailer --replicas=3 -- no right to");
    }

    @Test
    void somebody_who_starts_it_again_fails_the_run() {
        until(state -> fill().state() == StepRecord.State.RUNNING);
        world.batchesOfAStep = MOST_SECONDS;
        world.workloads.replicas.replaceAll((workload, replicas) -> 1);
        until(RunState::isEnd);
        assertThat(((Failed) state()).failure().explanation().what())
                .contains("started again: deployment/web has replicas, set by argocd");
        assertThat(world.workloads.down()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessions_that_stay_are_named_and_ended_only_if_the_plan_says_so(boolean terminates) {
        String sessions = "sessions: {user: app" + (terminates ? ", terminate: 5s}" : "}");
        begin(TestRuns.plan(HEAD + STEPS.formatted("").replace("sessions: {user: app}", sessions)));
        world.workloads.sessions = List.of("session 17 of app");
        until(RunState::isEnd);
        if (terminates) {
            assertThat(state()).isEqualTo(new Succeeded());
            assertThat(world.workloads.terminated).isEqualTo(1);
        } else {
            assertThat(((Failed) state()).failure().explanation().what())
                    .isEqualTo("after 30 s there is still: session 17 of app");
        }
        assertThat(world.workloads.replicas.values()).containsExactly(3, 3);
    }

    private static void failFill(FakeWorld world) {
        world.steps.set(
                FILL,
                FakeWorld.failed(
                        world.steps.get(FILL), new Explanation("a row is too long", "filling", "as it was", "see it")));
    }

    /** Where each run ended, of one that crashed after its first change, its second, and so on through all of them. */
    private List<RunState> crashAfterEach(Consumer<FakeWorld> wish) {
        List<RunState> ends = new ArrayList<>();
        for (int k = 0; ; k++) {
            FakeWorld crashing = TestRuns.world(plan);
            RunDriver first = driverOf(crashing);
            crashing.faults.crashAfter(k);
            boolean[] wished = {false};
            first.takeOver(Optional.empty());
            go(crashing, first, wish, wished, k);
            boolean whole = crashing.faults.changes() <= k;
            crashing.supervisorGone();
            RunDriver second = takeOver(crashing);
            go(crashing, second, wish, wished, Integer.MAX_VALUE);
            assertThat(second.isOver()).as("over, after change " + k).isTrue();
            assertThat(crashing.workloads.replicas.values())
                    .as("replicas after a crash after change " + k)
                    .doesNotContain(0);
            assertThat(crashing.workloads.down()).as("rows, after change " + k).isEmpty();
            ends.add(crashing.stored.state());
            if (whole) {
                assertThat(k).isGreaterThan(20);
                return ends;
            }
        }
    }

    private static void go(FakeWorld world, RunDriver driver, Consumer<FakeWorld> wish, boolean[] wished, int changes) {
        for (int i = 0; i < MOST_SECONDS && world.faults.changes() <= changes && !driver.isOver(); i++) {
            if (!wished[0] && world.steps.get(FILL).batches() > 0) {
                wish.accept(world);
                wished[0] = true;
            }
            world.second();
            driver.tick();
        }
    }

    private static RunDriver takeOver(FakeWorld of) {
        RunDriver taking = driverOf(of);
        done(taking.takeOver(Optional.empty()));
        return taking;
    }

    private static RunDriver driverOf(FakeWorld of) {
        of.leaseMine = true;
        return new RunDriver(of.stored, TestRuns.plan(of.stored.planSource()), of.ports(), of.times());
    }

    private void begin(Plan with) {
        plan = with;
        world = TestRuns.world(plan);
        driver = takeOver(world);
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            world.second();
            done(driver.tick());
        }
    }

    private void until(Predicate<RunState> reached) {
        until(reached, true);
    }

    private void until(Predicate<RunState> reached, boolean settled) {
        for (int i = 0; i < MOST_SECONDS && !(reached.test(state()) && (!settled || driver.isSettled())); i++) {
            seconds(1);
        }
        assertThat(state()).matches(reached);
    }

    private StepRecord fill() {
        return step(FILL);
    }

    private StepRecord step(int ordinal) {
        return world.steps.get(ordinal);
    }

    private RunState state() {
        return world.stored.state();
    }

    private static void done(Future<?> future) {
        assertThat(future.cause()).isNull();
        assertThat(future.succeeded()).isTrue();
    }
}
