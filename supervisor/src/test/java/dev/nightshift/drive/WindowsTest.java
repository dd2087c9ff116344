package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Preflight;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Waiting;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The real driver through windows, changes of the clocks, freezes and steps that do not fit, with a clock moved by hand. */
class WindowsTest {

    private static final int MOST_SECONDS = 400;
    private static final RunId EARLIER = new RunId("a1b2c3");

    private Plan plan = TestRuns.plan(TestRuns.PLAN);
    private FakeWorld world = TestRuns.world(plan);
    private RunDriver driver = takeOver();
    private final List<Instant> written = new ArrayList<>();

    /** 02:30 is skipped on 29 March, so the window opens at the change, 01:00 UTC; the night after at 00:30 UTC. */
    @Test
    void crosses_two_windows_and_the_change_to_summer_time_and_finishes_once() {
        begin("window: {opens: \"30 2 * * *\", lasts: 1m, zone: Europe/Paris}\n", "2026-03-29T00:59:30Z", 40);
        until(Parked.class::isInstance);
        assertThat(world.now).isEqualTo("2026-03-29T01:01:00Z");
        long first = batches();
        jumpTo("2026-03-30T00:29:50Z");
        until(RunState::isEnd);

        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(first).isBetween(1L, 79L);
        assertThat(batches()).isEqualTo(80);
        assertThat(written)
                .allSatisfy(at -> assertThat(inOneOf(at, "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"))
                        .as(at.toString())
                        .isTrue());
    }

    /** 02:30 comes twice on 25 October; the window opens the first time, 00:30 UTC; the night after at 01:30 UTC. */
    @Test
    void crosses_two_windows_and_the_change_back_and_does_not_open_twice_in_one_night() {
        begin("window: {opens: \"30 2 * * *\", lasts: 1m, zone: Europe/Paris}\n", "2026-10-25T00:29:30Z", 40);
        until(Parked.class::isInstance);
        jumpTo("2026-10-25T01:29:30Z");
        seconds(120);
        assertThat(state()).as("02:30 for the second time").isInstanceOf(Parked.class);
        jumpTo("2026-10-26T01:29:50Z");
        until(RunState::isEnd);

        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(batches()).isEqualTo(80);
        assertThat(written)
                .allSatisfy(at -> assertThat(inOneOf(at, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"))
                        .as(at.toString())
                        .isTrue());
    }

    @Test
    void waits_over_an_exception_and_begins_in_the_window_after_it() {
        begin(
                "window: {opens: \"0 1 * * *\", lasts: 1h, zone: Europe/Paris, except: [2026-12-24..2026-12-26]}\n",
                "2026-12-23T23:59:50Z",
                3);
        seconds(60);
        assertThat(state()).isInstanceOf(Waiting.class);
        jumpTo("2026-12-26T23:59:55Z");
        until(RunState::isEnd);

        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(written).allMatch(at -> at.isAfter(Instant.parse("2026-12-27T00:00:00Z")));
    }

    @Test
    void a_freeze_parks_a_run_says_who_and_why_and_a_thaw_lets_it_go_on() {
        begin("", "2026-03-02T01:00:00Z", 20);
        until(Working.class::isInstance);
        seconds(3);
        world.freezes.add(freeze(Optional.empty()));
        until(Parked.class::isInstance);
        long parked = batches();
        seconds(60);

        assertThat(batches()).isEqualTo(parked);
        assertThat(world.permitLives()).isFalse();
        assertThat(world.workerAlive).isFalse();
        assertThat(world.history.get(world.history.size() - 1).message())
                .isEqualTo("frozen by anna@desk: year-end closing");

        world.freezes.clear();
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
        assertThat(batches()).isEqualTo(40);
    }

    @Test
    void a_freeze_survives_the_supervisor_and_keeps_a_new_run_from_beginning() {
        begin("", "2026-03-02T01:00:00Z", 3);
        world.freezes.add(freeze(Optional.empty()));
        seconds(30);
        world.supervisorGone();
        driver = takeOver();
        seconds(30);

        assertThat(state()).isInstanceOf(Waiting.class);
        assertThat(world.starts).isZero();
    }

    @Test
    void an_abort_plan_is_carried_out_in_a_freeze() {
        begin("", "2026-03-02T01:00:00Z", 20);
        until(Working.class::isInstance);
        world.freezes.add(freeze(Optional.empty()));
        until(Parked.class::isInstance);
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        until(RunState::isEnd);

        assertThat(state()).isInstanceOf(Aborted.class);
        assertThat(world.abortPlans).isEqualTo(1);
    }

    @Test
    void a_step_that_does_not_fit_waits_for_the_next_window_and_says_so_with_the_figures() {
        begin(
                "window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n",
                "2026-03-02T01:29:00Z",
                3,
                TestRuns.PLAN.replace("(n)\"}", "(n)\", expected: 40m}"));
        until(Holding.class::isInstance);

        assertThat(state().holders().of(Holder.Kind.WINDOW).map(Holder::reason))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("step index takes 40 min (by its plan) > 30 min")
                        .endsWith("left of the window; it waits for the next one"));
        assertThat(step("index")).isEqualTo(StepRecord.State.PENDING);

        jumpTo("2026-03-02T01:59:58Z");
        until(Parked.class::isInstance);
        seconds(2);
        assertThat(state().holders().isEmpty()).isTrue();
        jumpTo("2026-03-03T00:59:58Z");
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    @Test
    void the_step_after_a_walk_cannot_slip_in_under_the_walks_permit() {
        begin(
                "window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n",
                "2026-03-02T01:29:00Z",
                30,
                TestRuns.PLAN.replace("(n)\"}", "(n)\", expected: 40m}"));
        until(s -> step("fill") == StepRecord.State.RUNNING);

        assertThat(world.beforeStep).hasValue(1);
    }

    @Test
    void a_step_that_has_begun_is_not_called_back_when_time_runs_short() {
        begin(
                "window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n",
                "2026-03-02T01:18:00Z",
                60,
                TestRuns.PLAN.replace("(n)\"}", "(n)\", expected: 40m}"));
        until(s -> step("index") == StepRecord.State.RUNNING);
        jumpTo("2026-03-02T01:30:00Z");
        seconds(10);

        assertThat(state()).isEqualTo(new Working());
        assertThat(step("index")).isEqualTo(StepRecord.State.RUNNING);
    }

    @Test
    void the_time_that_a_step_took_before_counts_where_the_plan_says_nothing() {
        world.took.add(new Took("index", Duration.ofMinutes(30), EARLIER, true));
        begin("window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n", "2026-03-02T01:29:00Z", 3);
        until(Holding.class::isInstance);

        assertThat(state().holders().toString())
                .contains("step index takes 45 min (it took 30 min in run a1b2c3, and half as much again) > ");
    }

    @Test
    void a_step_without_a_forecast_begins_and_the_history_says_so_once() {
        begin("window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n", "2026-03-02T01:58:30Z", 5);
        until(RunState::isEnd);

        assertThat(world.history)
                .filteredOn(event -> event.kind().equals("no-forecast"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.subject()).isEqualTo("index");
                    assertThat(event.message()).contains("left of the window; how long it takes is not known");
                });
    }

    @Test
    void a_step_that_fits_in_no_window_says_that() {
        begin(
                "window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n",
                "2026-03-02T01:10:00Z",
                3,
                TestRuns.PLAN.replace("(n)\"}", "(n)\", expected: 2h}"));
        until(Holding.class::isInstance);

        assertThat(state().holders().toString())
                .contains("2 h (by its plan) > ")
                .contains("no window is that long");
    }

    @Test
    void a_dump_that_does_not_fit_waits_for_the_next_window() {
        begin("window: {opens: \"0 1 * * *\", lasts: 1h, zone: UTC}\n", "2026-03-02T01:30:00Z", 3);
        String why =
                "by backup a1b2c3-1 a dump takes about 40 min > 30 min left of the window; the run waits for the next one";
        world.preflight = new PreflightReport(List.of(), List.of(), Optional.of(why));
        until(state -> state.holders().of(Holder.Kind.WINDOW).isPresent());
        assertThat(state()).isInstanceOf(Preflight.class);
        assertThat(state().holders().toString()).isEqualTo("window: " + why);

        jumpTo("2026-03-02T01:59:58Z");
        until(Waiting.class::isInstance);
        seconds(5);
        assertThat(state().holders().isEmpty()).isTrue();
        assertThat(world.starts).isZero();
        world.preflight = new PreflightReport(List.of(), List.of());
        jumpTo("2026-03-03T00:59:58Z");
        until(RunState::isEnd);
        assertThat(state()).isEqualTo(new Succeeded());
    }

    private static Freeze freeze(Optional<Instant> until) {
        return new Freeze(1, "year-end closing", "anna@desk", "10.0.0.7", Instant.EPOCH, until);
    }

    private void begin(String window, String now, int batchesOfAStep) {
        begin(window, now, batchesOfAStep, TestRuns.PLAN);
    }

    private void begin(String window, String now, int batchesOfAStep, String text) {
        List<Took> took = List.copyOf(world.took);
        plan = TestRuns.plan(text.replace("steps:\n", window + "steps:\n"));
        world = TestRuns.world(plan);
        world.took.addAll(took);
        world.batchesOfAStep = batchesOfAStep;
        world.now = Instant.parse(now);
        driver = takeOver();
    }

    private RunDriver takeOver() {
        world.leaseMine = true;
        RunDriver taking = new RunDriver(world.stored, plan, world.ports(), world.times());
        done(taking.takeOver(Optional.empty()));
        return taking;
    }

    private void jumpTo(String instant) {
        Instant to = Instant.parse(instant);
        world.nanos += Duration.between(world.now, to).toNanos();
        world.now = to;
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            long before = batches();
            world.second();
            if (batches() > before) {
                written.add(world.now);
            }
            done(driver.tick());
        }
    }

    private void until(Predicate<RunState> reached) {
        for (int i = 0; i < MOST_SECONDS && !(reached.test(state()) && driver.isSettled()); i++) {
            seconds(1);
        }
        assertThat(state()).as(world.history.toString()).matches(reached);
    }

    /** A minute each, and the batch in flight when it closes. */
    private static boolean inOneOf(Instant at, String... openings) {
        for (String opening : openings) {
            Instant opens = Instant.parse(opening);
            if (!at.isBefore(opens) && !at.isAfter(opens.plusSeconds(60))) {
                return true;
            }
        }
        return false;
    }

    private RunState state() {
        return world.stored.state();
    }

    private StepRecord.State step(String name) {
        return world.steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private long batches() {
        return world.steps.stream().mapToLong(StepRecord::batches).sum();
    }

    private static void done(Future<?> future) {
        assertThat(future.cause()).isNull();
        assertThat(future.succeeded()).isTrue();
    }
}
