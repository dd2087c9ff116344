package dev.nightshift.drive;

import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.WorkloadsStep;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.Working;
import dev.nightshift.time.Backoff;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps applications down for as long as their run is at work, and no longer: looked at beside the ticks, from nothing but
 * the journal and the run's state, so that whoever supervises next goes on wherever this process ended.
 */
final class Downtime {

    private static final long LOOK_AGAIN = Duration.ofSeconds(5).toNanos();

    private final RunId run;
    private final Plan plan;
    private final Ports ports;
    private final Times times;
    private final Consumer<RunEvent> answers;
    private final Function<Event, Future<Void>> history;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private Future<Void> busy = Future.succeededFuture();
    private final boolean none;
    private boolean owing;
    private Optional<RunState> seen = Optional.empty();
    private int failures;
    private long due;
    private long watchDue;
    private String said = "";
    private @Nullable Long withoutPods;
    private OptionalInt asking = OptionalInt.empty();
    private long askedSince;

    Downtime(
            RunId run,
            Plan plan,
            Ports ports,
            Times times,
            Consumer<RunEvent> answers,
            Function<Event, Future<Void>> history) {
        this.run = run;
        this.plan = plan;
        this.ports = ports;
        this.times = times;
        this.answers = answers;
        this.history = history;
        this.none = plan.steps().stream().noneMatch(WorkloadsStep.class::isInstance);
        this.owing = !none;
        this.due = times.nanos().getAsLong();
        this.watchDue = due;
    }

    /** Something is down that should not be. */
    boolean owes() {
        return owing;
    }

    /** A step that waits for the next window does not keep an application down until then. */
    List<RunEvent> events(RunState state, Report report) {
        boolean waits = state instanceof Holding
                && state.holders().of(Holder.Kind.WINDOW).isPresent()
                && report.down().stream().anyMatch(one -> !one.keepDown());
        return waits
                ? List.of(new RunEvent.WindowClosed("the application does not stay down until the next window"))
                : List.of();
    }

    /** @param settled nothing of the run can commit any more where its state says so */
    void look(RunState state, Report report, boolean settled) {
        if (none) {
            return;
        }
        List<Stopped> owed = report.owed(state);
        // A report that was read before the run came to this state may lack what was stopped until then.
        owing = !owed.isEmpty() || !busy.isComplete() || !seen.equals(Optional.of(state));
        seen = Optional.of(state);
        if (!busy.isComplete() || times.nanos().getAsLong() - due < 0) {
            return;
        }
        if (!owed.isEmpty()) {
            if (settled) {
                begin(() -> bringBack(owed));
            }
        } else if (state instanceof Working || state instanceof Holding) {
            work(state, report);
        } else if (!report.down().isEmpty() && !(state instanceof Aborting)) {
            begin(() -> say("kept down while the run is " + state.word() + ": " + DowntimeWords.of(report.down())));
        }
    }

    private void work(RunState state, Report report) {
        Optional<StepRecord> current = report.steps().stream()
                .filter(step -> !step.abort() && step.state() != StepRecord.State.DONE)
                .findFirst();
        Optional<StepRecord> running = current.filter(step -> step.state() == StepRecord.State.RUNNING)
                .filter(step -> step(step) instanceof WorkloadsStep);
        asks(running.filter(step -> state instanceof Working || step(step) instanceof BringBack));
        if (running.isPresent()) {
            StepRecord record = running.get();
            Step step = step(record);
            if (step instanceof BringBack back) {
                begin(() -> bringBack(record, back, report));
            } else if (step instanceof TakeDown down && state instanceof Working) {
                begin(() -> stop(record, down, of(record.ordinal(), report)));
            }
        } else if (!report.down().isEmpty() && times.nanos().getAsLong() - watchDue >= 0) {
            watchDue = times.nanos().getAsLong() + LOOK_AGAIN;
            begin(() -> ports.workloads().upAgain(report.down()).map(this::upAgain));
        }
    }

    /** Since when this process has looked after the step that a worker waits at; a take-over only prolongs it. */
    private void asks(Optional<StepRecord> running) {
        OptionalInt now = running.stream().mapToInt(StepRecord::ordinal).findFirst();
        if (!now.equals(asking)) {
            asking = now;
            askedSince = times.nanos().getAsLong();
            withoutPods = null;
        }
    }

    private boolean isOver(Duration within) {
        return times.nanos().getAsLong() - askedSince > within.toNanos();
    }

    private Step step(StepRecord record) {
        return plan.steps().get(record.ordinal());
    }

    private static List<Stopped> of(int step, Report report) {
        return report.down().stream().filter(one -> one.step() == step).toList();
    }

    /** One look; what fails for a passing reason is said once and looked at again after a pause. */
    private void begin(Supplier<Future<Void>> look) {
        busy = Future.succeededFuture().compose(v -> look.get()).transform(looked -> {
            if (looked.succeeded()) {
                failures = 0;
                return Future.succeededFuture();
            }
            failures++;
            due = times.nanos().getAsLong()
                    + backoff.after(failures, times.random()).toNanos();
            return say(DowntimeWords.of(looked.cause())).otherwiseEmpty();
        });
    }

    private Future<Void> say(String text) {
        if (text.equals(said)) {
            return Future.succeededFuture();
        }
        said = text;
        return history.apply(new Event("downtime", "", text));
    }

    private Future<Void> stop(StepRecord record, TakeDown step, List<Stopped> stopped) {
        return ports.workloads()
                .stop(run, record.ordinal(), step, stopped)
                .compose(left -> stopped(record, step, left))
                .recover(failure -> failed(record, failure));
    }

    private Future<Void> stopped(StepRecord record, TakeDown step, Workloads.Left left) {
        if (left.nothing()) {
            return answer(
                    record, new StepReply.Done(step.stop().size() + " workloads are down, and no session is left"));
        }
        long now = times.nanos().getAsLong();
        withoutPods = left.pods().isEmpty() ? Optional.ofNullable(withoutPods).orElse(now) : null;
        Long gone = withoutPods;
        boolean terminates = gone != null
                && step.sessions()
                        .terminate()
                        .filter(after -> now - gone >= after.toNanos())
                        .isPresent();
        if (terminates) {
            return ports.workloads()
                    .terminate(step)
                    .compose(count -> say("terminated " + count + " sessions of the application: "
                            + String.join("; ", left.sessions())));
        }
        List<String> all = new ArrayList<>(left.pods());
        all.addAll(left.sessions());
        String words = String.join("; ", all);
        return answer(
                record,
                isOver(step.within())
                        ? new StepReply.Refused(DowntimeWords.notGone(step, words))
                        : new StepReply.Waits("waits until they are gone: " + words));
    }

    private Future<Void> bringBack(StepRecord record, BringBack step, Report report) {
        int taken = plan.steps().indexOf(step.taken());
        return ports.workloads()
                .bringBack(run, step, of(taken, report))
                .compose(left ->
                        left.isEmpty() ? ports.workloads().notReady(step) : Future.<List<String>>succeededFuture(left))
                .compose(left -> answer(record, back(step, left)))
                .recover(failure -> failed(record, failure));
    }

    private StepReply back(BringBack step, List<String> left) {
        if (left.isEmpty()) {
            return new StepReply.Done(step.taken().stop().size() + " workloads are ready");
        }
        String words = String.join("; ", left);
        return !isOver(step.within())
                ? new StepReply.Waits("waits until they are ready: " + words)
                : new StepReply.Refused(DowntimeWords.notReady(step, words));
    }

    /** What no waiting mends ends the step; anything else is waited out, and nothing is concluded from it. */
    private Future<Void> failed(StepRecord record, Throwable failure) {
        if (failure instanceof Permanent permanent) {
            return answer(record, new StepReply.Refused(permanent.explanation()));
        }
        return answer(record, new StepReply.Waits(DowntimeWords.of(failure)))
                .transform(v -> Future.failedFuture(failure));
    }

    private Future<Void> answer(StepRecord record, StepReply answer) {
        return ports.workloads().answer(run, record.ordinal(), answer);
    }

    /** The steps that follow count on nobody else being there. */
    private @Nullable Void upAgain(List<String> up) {
        if (!up.isEmpty()) {
            answers.accept(new RunEvent.StepFailed(new Failure(Failure.Kind.STEP, DowntimeWords.startedAgain(up))));
        }
        return null;
    }

    private Future<Void> bringBack(List<Stopped> owed) {
        return ports.workloads().bringBack(run, owed).compose(left -> {
            if (left.isEmpty()) {
                return Future.succeededFuture();
            }
            return say("not back yet: " + String.join("; ", left));
        });
    }

    /**
     * What the abort plan has left to do, with what could not be brought back. Fails with a {@code Transient} as long as
     * that is not known.
     */
    Future<List<String>> afterAbort(List<String> left) {
        return busy.transform(v -> ports.journal().report(run))
                .compose(report -> report.down().isEmpty()
                        ? Future.succeededFuture(left)
                        : backAfterAbort(left, report.down()).map(still -> DowntimeWords.left(left, still)))
                .onFailure(failure -> say(DowntimeWords.of(failure)));
    }

    /** What is still down then. */
    private Future<List<Stopped>> backAfterAbort(List<String> left, List<Stopped> down) {
        List<Stopped> back =
                down.stream().filter(one -> left.isEmpty() || !one.keepDown()).toList();
        return ports.workloads()
                .bringBack(run, back)
                .compose(notYet -> notYet.isEmpty()
                        ? ports.journal().report(run).map(Report::down)
                        : Future.failedFuture(DowntimeWords.notBack(notYet)));
    }
}
