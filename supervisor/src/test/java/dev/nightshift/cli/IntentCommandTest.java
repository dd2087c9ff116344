package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import dev.nightshift.view.NotAllowed;
import dev.nightshift.view.StatusView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntentCommandTest {

    private static final Holder ANN = new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy");
    private static final Cause OPERATOR = new Cause(Cause.Kind.OPERATOR, "ann@desk", "slow page");
    private static final Failed FAILED =
            new Failed(new Failure(Failure.Kind.STEP, new Explanation("a", "b", "c", "d")));

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void pause_waits_until_it_is_observed_and_says_what_came_of_it() {
        supervised(new Working());
        answers("paused", new Holding(Holders.of(List.of(ANN))));

        Typed typed = Typed.in(database, "pause", "--reason", "deploy");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("run 7f3kmq: paused\n");
        assertThat(typed.err()).contains("command 1: pause run 7f3kmq (orders-total-cents), asked by ann@desk");
        assertThat(database.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.by()).isEqualTo("ann@desk"))
                .satisfies(asked -> assertThat(asked.from()).isEqualTo("desk"))
                .satisfies(asked -> assertThat(asked.reason()).isEqualTo("deploy"))
                .satisfies(asked -> assertThat(asked.kind()).isEqualTo(Intent.Kind.PAUSE));
    }

    @Test
    void pausing_twice_is_no_mistake() {
        supervised(new Holding(Holders.of(List.of(ANN))));

        Typed typed = Typed.in(database, "pause");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("already paused by ann@desk: deploy");
        assertThat(database.asked).isEmpty();
    }

    @Test
    void a_pause_with_no_supervisor_alive_holds_without_one() {
        alone(new Working());

        Typed typed = Typed.in(database, "pause");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("nothing is being written now", "will hold when somebody resumes");
        assertThat(database.asked).hasSize(1);
        assertThat(database.done).isEmpty();
    }

    @Test
    void a_command_that_nobody_observes_in_time_ends_with_124() {
        supervised(new Working());

        Typed typed = Typed.in(database, "pause", "--timeout", "5s");

        assertThat(typed.code()).isEqualTo(124);
        assertThat(typed.err()).contains("not observed within 5 s; it stays written down");
    }

    @Test
    void without_waiting_a_command_is_only_written_down() {
        supervised(new Working());

        Typed typed = Typed.in(database, "pause", "--no-wait");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("written down; watch it with: nightshift status 7f3kmq");
    }

    @Test
    void resume_with_no_supervisor_alive_supervises_in_the_foreground_and_says_so() {
        alone(new Holding(Holders.of(List.of(ANN))));
        database.foreground = () -> Optional.of(new Succeeded());

        Typed typed = Typed.in(database, "resume");

        assertThat(typed.code()).isZero();
        assertThat(database.done).containsExactly("took over 7f3kmq");
        assertThat(typed.err()).contains("no supervisor is alive: supervising run 7f3kmq here");
        assertThat(typed.out()).contains("\"kind\":\"RunEvent\"", "\"run\":\"7f3kmq\"");
    }

    @Test
    void a_supervisor_that_dies_while_one_waits_is_replaced() {
        supervised(new Working());
        database.supervisor = (asked, view) -> without(view);
        database.foreground = () -> Optional.of(new Succeeded());

        assertThat(Typed.in(database, "resume").code()).isZero();
        assertThat(database.done).containsExactly("took over 7f3kmq");
    }

    @Test
    void another_supervisor_that_is_faster_keeps_the_run() {
        alone(new Working());

        Typed typed = Typed.in(database, "resume");

        assertThat(typed.code()).isEqualTo(9);
        assertThat(typed.err()).contains("another supervisor looks after this database");
    }

    @Test
    void abort_needs_a_reason_and_goes_through_a_live_supervisor() {
        supervised(new Working());
        answers("aborting", new Aborting(OPERATOR));

        assertThat(Typed.in(database, "abort"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(2))
                .satisfies(t -> assertThat(t.err()).contains("--reason is missing"));
        assertThat(Typed.in(database, "abort", "--reason", "slow page").code()).isZero();
        assertThat(database.done).isEmpty();
    }

    @Test
    void abort_with_no_supervisor_alive_stops_the_work_first_and_then_carries_out_the_plan() {
        alone(new Working());
        database.foreground = () -> Optional.of(new Aborted(OPERATOR));

        Typed typed = Typed.in(database, "abort", "--immediate", "--reason", "slow page");

        assertThat(typed.code()).isEqualTo(6);
        assertThat(database.done).containsExactly("stopped work at once", "took over 7f3kmq");
        assertThat(typed.err()).contains("nothing of the worker can commit any more");
    }

    @Test
    void an_immediate_abort_does_not_wait_for_the_next_look_of_a_live_supervisor() {
        supervised(new Working());
        answers("aborting", new Aborting(OPERATOR));

        assertThat(Typed.in(database, "abort", "--immediate", "--reason", "slow page")
                        .code())
                .isZero();
        assertThat(database.done).containsExactly("stopped work at once");
    }

    @Test
    void an_immediate_abort_that_cannot_stop_the_work_leaves_it_to_a_live_supervisor_alone() {
        database.cannotStop = Optional.of("the connection was cut");
        supervised(new Working());
        answers("aborting", new Aborting(OPERATOR));

        Typed left = Typed.in(database, "abort", "--immediate", "--reason", "slow page");

        assertThat(left.code()).isZero();
        assertThat(left.err()).contains("left to the supervisor: the connection was cut");

        alone(new Working());
        assertThat(Typed.in(database, "abort", "--immediate", "--reason", "slow page"))
                .satisfies(t -> assertThat(t.code()).isNotZero())
                .satisfies(t -> assertThat(t.err()).contains("the connection was cut"));
    }

    @Test
    void an_immediate_abort_leaves_the_abort_plan_that_is_carried_out_already_to_its_supervisor() {
        supervised(new Aborting(OPERATOR));
        answers("aborting", new Aborting(OPERATOR));

        assertThat(Typed.in(database, "abort", "--immediate", "--reason", "slow page")
                        .code())
                .isZero();
        assertThat(database.done).isEmpty();
    }

    @Test
    void a_supervisor_that_does_not_answer_does_not_keep_an_abort_from_stopping_the_work() {
        supervised(new Working());

        Typed typed = Typed.in(database, "abort", "--reason", "slow page", "--timeout", "8s");

        assertThat(typed.code()).isEqualTo(124);
        assertThat(database.done).containsExactly("stopped work");
        assertThat(typed.err()).contains("the supervisor does not answer: stopping the work in the database");
    }

    @Test
    void a_dry_run_changes_nothing_and_names_the_abort_steps() {
        supervised(new Working());

        Typed typed = Typed.in(database, "abort", "--dry-run");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("drop-index  (statement)");
        assertThat(database.asked).isEmpty();
    }

    @Test
    void an_abort_that_came_too_late_ends_with_11() {
        supervised(new Working());
        answers("nothing to do: the run is succeeded", new Succeeded());

        assertThat(Typed.in(database, "abort", "--reason", "x").code()).isEqualTo(11);
    }

    @Test
    void a_command_that_the_state_does_not_allow_ends_with_11_and_asks_nothing() {
        List<RunState> over =
                List.of(new Succeeded(), new Aborted(OPERATOR), new AbortIncomplete(OPERATOR, List.of("x")));
        for (RunState state : over) {
            supervised(state);
            assertThat(Typed.in(database, "pause").code()).isEqualTo(11);
            assertThat(Typed.in(database, "resume").code()).isEqualTo(11);
            assertThat(Typed.in(database, "abort", "--reason", "x").code()).isEqualTo(11);
            assertThat(Typed.in(database, "approve", "--reason", "x").code()).isEqualTo(11);
        }
        supervised(new Working());
        assertThat(Typed.in(database, "retry").code()).isEqualTo(11);
        assertThat(Typed.in(database, "approve", "--reason", "x").code()).isEqualTo(11);
        supervised(new Unclear("did it commit?"));
        assertThat(Typed.in(database, "pause").code()).isEqualTo(11);
        assertThat(Typed.in(database, "resume").err()).contains("nightshift retry 7f3kmq");
        assertThat(database.asked).isEmpty();
    }

    @Test
    void what_was_refused_is_remembered_with_who_and_why_but_not_what_would_be() {
        supervised(new Succeeded());
        assertThat(Typed.in(database, "abort", "--dry-run").code()).isEqualTo(11);
        assertThat(database.refused).isEmpty();

        assertThat(Typed.in(database, "pause", "--reason", "deploy").code()).isEqualTo(11);

        assertThat(database.refused).containsExactly("ann@desk PAUSE (deploy): run 7f3kmq is succeeded");
    }

    @Test
    void a_server_refuses_by_itself_so_that_it_remembers_the_bearer() {
        supervised(new Succeeded());
        database.supervisor = (asked, view) -> {
            throw new NotAllowed(new Explanation("run 7f3kmq is succeeded", "pausing it", "as it was", "nothing"));
        };

        Typed typed = Typed.in(
                database, Map.of("NIGHTSHIFT_TOKEN", "t0ken"), "pause", "--server", "https://night.example:8443/shop");

        assertThat(typed.code()).isEqualTo(11);
        assertThat(typed.err()).contains("run 7f3kmq is succeeded");
        assertThat(database.asked).hasSize(1);
        assertThat(database.refused).isEmpty();
    }

    @Test
    void retry_supervises_a_failed_run_in_the_foreground() {
        alone(FAILED);
        database.foreground = () -> Optional.of(new Succeeded());

        assertThat(Typed.in(database, "retry", "7f3kmq").code()).isZero();
        assertThat(database.done).containsExactly("took over 7f3kmq");
    }

    @Test
    void approve_needs_a_reason_and_a_step_that_asks() {
        StatusView base = Views.status(new Working());
        database.status = Optional.of(new StatusView(
                base.at(),
                base.run(),
                List.of(Views.step(0, false, "before-contract", "hold", StepRecord.State.ASKING, "")),
                base.worker(),
                base.glance(),
                base.backup(),
                base.window(),
                base.supervisor(),
                base.events()));
        answers("approved", new Working());

        assertThat(Typed.in(database, "approve").code()).isEqualTo(2);
        assertThat(Typed.in(database, "approve", "--reason", "seen by two").code())
                .isZero();
    }

    @Test
    void a_run_that_does_not_exist_is_said_not_to() {
        assertThat(Typed.in(database, "pause").err()).contains("this database has no run yet");
        supervised(new Working());
        assertThat(Typed.in(database, "pause", "abc234"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(2))
                .satisfies(t -> assertThat(t.err()).contains("this database has no run abc234"));
        assertThat(Typed.in(database, "pause", "not-a-run").err()).contains("expected a run id of six characters");
    }

    private void supervised(RunState state) {
        StatusView view = Views.status(state);
        database.status = Optional.of(view);
    }

    private void alone(RunState state) {
        database.status = Optional.of(without(Views.status(state)));
    }

    private void answers(String outcome, RunState next) {
        database.supervisor = (asked, view) -> {
            database.answer(outcome);
            return Views.status(next);
        };
    }

    private static StatusView without(StatusView view) {
        return new StatusView(
                view.at(),
                view.run(),
                view.steps(),
                view.worker(),
                view.glance(),
                view.backup(),
                view.window(),
                Optional.empty(),
                view.events());
    }
}
