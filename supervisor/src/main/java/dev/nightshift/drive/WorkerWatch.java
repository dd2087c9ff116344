package dev.nightshift.drive;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Working;
import dev.nightshift.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows whether the run's worker lives, when it may be started again, and what its end means. */
final class WorkerWatch {

    /** A worker beats each second; a slow start of its JVM and the take-over of sessions fit into the grace. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final int CRASHES_WITHOUT_PROGRESS = 6;
    private static final int DONE = 0;
    private static final int WILL_NOT_WORK = 2;
    private static final int TRY_AGAIN = 75;
    private static final int PARKED = 143;

    private final Times times;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private boolean wanted;
    private boolean started;
    private boolean runs;
    private boolean replaced;
    private long startAt;
    private long runsSince;
    private int losses;
    private int crashes;
    private long progress = -1;

    WorkerWatch(Times times) {
        this.times = times;
        this.startAt = times.nanos().getAsLong();
    }

    /** A worker is wanted: at once the first time, after a pause when earlier ones were lost. */
    void want() {
        wanted = true;
        started = false;
        Duration pause = losses == 0 ? Duration.ZERO : backoff.after(losses, times.random());
        startAt = times.nanos().getAsLong() + pause.toNanos();
    }

    boolean isDue() {
        return wanted && !started && times.nanos().getAsLong() - startAt >= 0;
    }

    void started() {
        started = true;
        runs = false;
        replaced = false;
        runsSince = times.nanos().getAsLong();
    }

    /** The launcher could not even try; it is asked again after a pause. */
    void notStarted() {
        started = false;
        startAt = times.nanos().getAsLong()
                + backoff.after(Math.max(1, losses), times.random()).toNanos();
    }

    void stopped() {
        wanted = false;
        started = false;
        losses = 0;
        crashes = 0;
    }

    /**
     * Whether the worker has not beaten for too long, by the newest report; beats of earlier workers do not count. Until it
     * is told that it runs, or it beats, its launcher is waited for.
     */
    boolean isSilent(Report report) {
        if (!started || replaced) {
            return false;
        }
        Duration since = Duration.ofNanos(times.nanos().getAsLong() - runsSince);
        Optional<Duration> beat = report.heartbeat().map(Heartbeat::age).filter(age -> age.compareTo(since) < 0);
        return beat.map(age -> age.compareTo(SILENCE) > 0).orElse(runs && since.compareTo(GRACE) > 0);
    }

    /** What a person reads of the news that moves nothing. */
    static Optional<Event> line(WorkerNews news) {
        if (news instanceof WorkerNews.Told told) {
            return Optional.of(told.event());
        }
        return news instanceof WorkerNews.Replaced replaced
                ? Optional.of(new Event("worker-replaced", "", replaced.how()))
                : Optional.empty();
    }

    /**
     * What the report, and what the launcher tells, mean for a run in this state.
     *
     * @param backedUp whether the run has the backup that it wants
     */
    List<RunEvent> events(RunState state, Report report, Optional<WorkerNews> news, boolean backedUp) {
        noteProgress(report);
        List<RunEvent> events = new ArrayList<>();
        if (state instanceof Backup && backedUp) {
            events.add(new RunEvent.BackupReady());
        }
        if (state instanceof Working || state instanceof Holding || state instanceof Parked) {
            question(state, report).ifPresent(events::add);
        }
        if (wanted) {
            news.flatMap(told -> heard(told, report)).ifPresent(events::add);
        }
        return events;
    }

    private Optional<RunEvent> heard(WorkerNews news, Report report) {
        if (news instanceof WorkerNews.Runs || news instanceof WorkerNews.Replaced) {
            runs = news instanceof WorkerNews.Runs;
            replaced = !runs;
            runsSince = times.nanos().getAsLong();
            return Optional.empty();
        }
        if (news instanceof WorkerNews.Ended ended) {
            ended();
            return Optional.of(end(ended, report));
        }
        if (news instanceof WorkerNews.Gone gone) {
            ended();
            return Optional.of(lost(gone.how(), false));
        }
        return news instanceof WorkerNews.Refused refused
                ? Optional.of(new RunEvent.StepFailed(new Failure(Failure.Kind.CRASHES, refused.explanation())))
                : Optional.empty();
    }

    RunEvent lost(String how, boolean crashed) {
        losses++;
        crashes += crashed ? 1 : 0;
        if (crashes < CRASHES_WITHOUT_PROGRESS) {
            return new RunEvent.WorkerLost(how);
        }
        return new RunEvent.StepFailed(new Failure(
                Failure.Kind.CRASHES,
                new Explanation(
                        "the worker ended " + crashes + " times without getting any further, last: " + how,
                        "starting it again after each end",
                        "as the last batch left it; rows and cursor agree",
                        "look at the worker's output, then `nightshift retry`")));
    }

    /** Whether another one is wanted is for the state to say: a run whose work is done wants none. */
    private void ended() {
        started = false;
        wanted = false;
    }

    private RunEvent end(WorkerNews.Ended ended, Report report) {
        int code = ended.code();
        Optional<StepRecord> broken = report.steps().stream()
                .filter(s -> !s.abort())
                .filter(s -> s.state() == StepRecord.State.FAILED || s.state() == StepRecord.State.UNCLEAR)
                .findFirst();
        boolean allDone =
                report.steps().stream().filter(s -> !s.abort()).allMatch(s -> s.state() == StepRecord.State.DONE);
        if (code == DONE && allDone) {
            return new RunEvent.WorkDone();
        }
        if (code == WILL_NOT_WORK && broken.isPresent()) {
            return brokenStep(broken.get());
        }
        Optional<Explanation> backup = report.backup()
                .filter(b -> b.state() == BackupRecord.State.FAILED)
                .flatMap(BackupRecord::failure);
        if (code == WILL_NOT_WORK && backup.isPresent()) {
            return new RunEvent.BackupFailed(backup.get());
        }
        boolean passing = code == TRY_AGAIN || code == PARKED;
        return lost(ended.how(), !passing);
    }

    private static RunEvent brokenStep(StepRecord step) {
        if (step.state() == StepRecord.State.UNCLEAR) {
            return new RunEvent.OutcomeNotKnown("step " + step.name() + ": " + step.note());
        }
        Failure failure = step.failure()
                .orElseGet(() -> new Failure(
                        Failure.Kind.STEP,
                        new Explanation(step.note(), "step " + step.name(), "as the step left it", "see the history")));
        return failure.kind() == Failure.Kind.VERIFY
                ? new RunEvent.VerifyFailed(step.name(), failure.explanation().what())
                : new RunEvent.StepFailed(failure);
    }

    private static Optional<RunEvent> question(RunState state, Report report) {
        Optional<StepRecord> asking = report.steps().stream()
                .filter(s -> s.state() == StepRecord.State.ASKING)
                .findFirst();
        boolean held = state.holders()
                .of(Holder.Kind.APPROVAL)
                .filter(holder -> !Approvals.isOfPlan(holder))
                .isPresent();
        if (asking.isPresent() && !held) {
            StepRecord step = asking.get();
            return Optional.of(new RunEvent.Held(new Holder(Holder.Kind.APPROVAL, "step " + step.name(), step.note())));
        }
        return asking.isEmpty() && held
                ? Optional.of(new RunEvent.Released(Holder.Kind.APPROVAL, "approved"))
                : Optional.empty();
    }

    private void noteProgress(Report report) {
        long now = report.steps().stream()
                .mapToLong(s -> s.batches() + (s.state() == StepRecord.State.DONE ? 1 : 0))
                .sum();
        if (now != progress) {
            progress = now;
            losses = 0;
            crashes = 0;
        }
    }
}
