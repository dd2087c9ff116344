package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import dev.nightshift.time.Outlook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Supervises one run: each tick reads what is, moves the run, and renews the permit if nothing speaks against it. The
 * journal is written before anything is done; a driver that takes a run over repeats what the run's state needs.
 *
 * <p>Used from one thread; only a worker's end may be told from another.
 */
public final class RunDriver {

    /** How long a permit lasts from the instant of the reading it rests on. */
    private static final Duration PERMIT = Duration.ofSeconds(5);

    private static final long LATE = Duration.ofSeconds(1).toNanos();

    private static final long LOOK_AHEAD = Duration.ofSeconds(5).toNanos();

    private final Plan plan;
    private final Ports ports;
    private final Times times;
    private final GuardWatch guards;
    private final WorkerWatch worker;
    private final BackupWatch backup;
    private final Downtime downtime;
    private final Effects effects;
    private final Preparation preparation;
    private final Course course;
    private final Succession succession;
    private final Room room;
    private final PlanApproval approval;
    private final Prospect prospect;
    private final HoldTimer holds = new HoldTimer();
    private final WindowTimer windows = new WindowTimer();
    private final ReadingKeeper readings = new ReadingKeeper();
    private final Queue<WorkerNews> news = new ConcurrentLinkedQueue<>();
    private boolean permitted;
    private long lookedAhead;
    private Optional<Outlook> ahead = Optional.empty();

    public RunDriver(RunRecord run, Plan plan, Ports ports, Times times) {
        this.plan = plan;
        this.ports = ports;
        this.times = times;
        this.guards = new GuardWatch(plan.guards());
        this.worker = new WorkerWatch(times);
        this.room = new Room(plan);
        this.prospect = new Prospect(plan);
        this.approval = new PlanApproval(plan, run, ports.journal());
        this.course = new Course(run, ports.journal(), ports.announcer());
        this.succession = new Succession(ports, guards, course);
        this.preparation = new Preparation(run.id(), plan, ports, guards, course::owe);
        this.backup = new BackupWatch(run.id(), plan, ports, times, course::owe);
        this.downtime = new Downtime(run.id(), plan, ports, times, course::owe, event -> note(Optional.of(event)));
        this.effects = new Effects(
                run.id(),
                plan,
                ports,
                worker,
                backup,
                preparation::want,
                course::owe,
                () -> guards.allowance(times.nanos().getAsLong(), PERMIT),
                downtime);
        course.handTo(effects);
    }

    /**
     * Makes the run this supervisor's own; the lease must be held. Fails with {@link Superseded} when it is not. When it
     * fails with a {@code Trouble} it may be called again.
     *
     * @param doubt why the journal may not be telling what happened last; a person decides then
     */
    public Future<RunRecord> takeOver(Optional<String> doubt) {
        return ports.permits()
                .withdraw(run().id())
                .compose(v -> course.settle())
                .compose(v -> ports.journal().pinned(run().id()))
                .compose(pinned -> {
                    pinned.ifPresent(guards::pin);
                    return course.apply(
                            doubt.<RunEvent>map(RunEvent.OutcomeNotKnown::new).orElseGet(RunEvent.TakenOver::new));
                })
                .map(v -> run());
    }

    /** Lets go of the run as it is: the worker parks, and whoever takes the run over goes on. */
    public Future<Void> letGo() {
        return ports.permits()
                .withdraw(run().id())
                .compose(v -> backup.leave())
                .compose(v -> ports.launcher().leave(run().id()))
                .compose(v -> ports.lease().release());
    }

    /** One second of supervision. Fails with a {@code Transient} when the next tick may do better. */
    public Future<RunRecord> tick() {
        long asked = times.nanos().getAsLong();
        return ports.lease()
                .keep()
                .onSuccess(v -> guards.keptLease(isLate(asked)))
                .compose(v -> course.settle())
                .compose(v -> effects.goOn())
                .compose(v -> sense())
                .compose(v -> preparation.goOn())
                .compose(v -> observe())
                .compose(this::permit)
                .compose(this::tell);
    }

    /** True when nothing is left to supervise: the run has ended or waits for a person, and everything is done. */
    public boolean isOver() {
        return state().isEnd() && isSettled();
    }

    /** The run as it was last written. */
    public RunRecord run() {
        return course.run();
    }

    /** No effect of the last move is outstanding, and nothing is down that should not be. */
    public boolean isSettled() {
        return effects.idle() && !downtime.owes();
    }

    private Future<Void> sense() {
        long asked = times.nanos().getAsLong();
        return ports.sensors().read(run().id()).transform(read -> {
            long now = times.nanos().getAsLong();
            if (read.failed()) {
                guards.missed(now, reason(read.cause(), Duration.ofNanos(now - asked)));
                return Future.succeededFuture();
            }
            guards.observe(read.result());
            preparation.saw(read.result());
            return succession.look(read.result());
        });
    }

    private Future<Report> observe() {
        // What a worker wrote before it ended is in a report that is read after its end was seen.
        WorkerNews told = news.peek();
        // A report that was asked for before the run's backup was judged says nothing of it.
        boolean judged = state() instanceof Backup && effects.idle();
        return ports.journal()
                .report(run().id())
                .compose(report -> commands(report)
                        .compose(v -> course.applyDue())
                        .compose(v -> worked(report, told, judged))
                        .compose(v -> replaceSilent(report))
                        .compose(v -> course.applyAll(guards.events(state())))
                        .compose(v -> course.applyAll(approval.events(state(), report.approvals())))
                        .compose(v -> course.applyAll(clock(report)))
                        .compose(v -> course.applyAll(room.events(state(), report.steps(), hours(report))))
                        .compose(v -> course.applyAll(downtime.events(state(), report)))
                        .compose(v -> startWorker(report, judged))
                        .onSuccess(v -> downtime.look(state(), report, effects.idle()))
                        .map(report));
    }

    private Future<Void> worked(Report report, @Nullable WorkerNews told, boolean judged) {
        if (told != null) {
            news.remove();
        }
        boolean backedUp = judged && backup.isThere(report);
        worker.events(state(), report, Optional.ofNullable(told), backedUp).forEach(course::owe);
        return note(Optional.ofNullable(told).flatMap(WorkerWatch::line)).compose(v -> course.applyDue());
    }

    private Future<Void> commands(Report report) {
        Future<Void> all = Future.succeededFuture();
        for (Intent intent : report.intents()) {
            all = all.compose(v -> command(intent, report.approvals()));
        }
        return all;
    }

    private Future<Void> command(Intent intent, Approvals approvals) {
        RunState before = state();
        if (approval.isMeantBy(intent, before)) {
            return approval.answer(intent, approvals);
        }
        Optional<RunEvent> event = Commands.event(intent);
        Future<Void> carriedOut =
                event.isPresent() ? course.apply(event.get()) : ports.journal().approve(run().id(), intent.by());
        return carriedOut.compose(v -> {
            String outcome = Commands.outcome(intent, before, state());
            return ports.journal().observed(intent, outcome);
        });
    }

    private List<RunEvent> clock(Report report) {
        long now = times.nanos().getAsLong();
        holds.see(state(), now);
        List<RunEvent> events = new ArrayList<>(holds.events(now));
        events.add(hours(report).event());
        return events;
    }

    private OpenHours hours(Report report) {
        return new OpenHours(plan.window(), times.clock().now(), report.freezes());
    }

    private Future<Void> replaceSilent(Report report) {
        if (!worker.isSilent(report)) {
            return Future.succeededFuture();
        }
        return ports.launcher().stop(run().id(), Duration.ZERO).compose(v -> {
            course.owe(worker.lost("no heartbeat", true));
            return course.applyDue();
        });
    }

    private Future<Void> startWorker(Report report, boolean judged) {
        if (!worker.isDue() || (state() instanceof Backup && !judged)) {
            return Future.succeededFuture();
        }
        if (backup.isAwaited(state(), report)) {
            backup.goOn();
            return Future.succeededFuture();
        }
        return ports.journal()
                .timesBefore(run().id())
                .compose(before -> {
                    room.begins(before);
                    return ports.permits().adopt(run().id());
                })
                .compose(v -> {
                    worker.started();
                    return ports.launcher().start(run().id(), news::add).onFailure(failure -> worker.notStarted());
                });
    }

    private Future<Report> permit(Report report) {
        Instant judged = guards.judgement().at();
        boolean before = permitted;
        permitted = state() instanceof Working && effects.idle() && guards.permits() && judged != null;
        if (!permitted || judged == null) {
            boolean stopNow = before
                    && state() instanceof Working
                    && guards.judgement().verdict().permits();
            return stopNow ? ports.permits().withdraw(run().id()).map(report) : Future.succeededFuture(report);
        }
        long asked = times.nanos().getAsLong();
        double rate = guards.judgement().pace().rate();
        OptionalLong walRate =
                Double.isInfinite(rate) ? OptionalLong.empty() : OptionalLong.of(Math.max(1, (long) rate));
        OptionalInt beforeStep = room.beforeStep(report.steps(), hours(report));
        return ports.permits()
                .grant(run().id(), walRate, beforeStep, judged.plus(PERMIT))
                .transform(granted -> {
                    room.granted(beforeStep);
                    guards.renewed(granted.failed() || isLate(asked));
                    return Future.succeededFuture(report);
                });
    }

    private Future<RunRecord> tell(Report report) {
        Instant now = times.clock().now();
        long nanos = times.nanos().getAsLong();
        ports.announcer()
                .ticked(new Tick(
                        run(),
                        guards.judgement(),
                        report,
                        permitted,
                        now,
                        hours(report).closes(),
                        outlook(report, nanos)));
        List<KeptReading> toKeep = isOver()
                ? readings.flush()
                : readings.take(guards.judgement(), pace(report), nanos, state() instanceof Holding);
        Future<Void> written =
                toKeep.isEmpty() ? Future.succeededFuture() : ports.journal().keep(run().id(), toKeep);
        return written.compose(v -> note(guards.changeOfPace(state())))
                .compose(v -> note(holds.line(state(), nanos)))
                .compose(v -> note(windows.line(state(), report, plan.window().closesAt(now), now)))
                .compose(v -> note(room.line(report.steps(), hours(report))))
                .map(v -> run());
    }

    private boolean isLate(long asked) {
        return times.nanos().getAsLong() - asked >= LATE;
    }

    private Optional<WorkPace> pace(Report report) {
        return state() instanceof Working && permitted ? report.pace() : Optional.empty();
    }

    /** Looked at every few seconds: it goes through a calendar, and nobody acts on a second. */
    private Optional<Outlook> outlook(Report report, long nanos) {
        if (lookedAhead == 0 || nanos - lookedAhead >= LOOK_AHEAD) {
            lookedAhead = nanos;
            ahead = isOver() ? Optional.empty() : prospect.of(report, room.before(), hours(report));
        }
        return ahead;
    }

    private Future<Void> note(Optional<Event> line) {
        return line.map(event -> ports.journal()
                        .note(run().id(), event)
                        .onSuccess(v -> ports.announcer().happened(run(), event)))
                .orElse(Future.succeededFuture());
    }

    private RunState state() {
        return run().state();
    }

    private static String reason(Throwable cause, Duration waited) {
        return "no answer after " + waited.toMillis() + " ms: " + cause.getMessage();
    }
}
