package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A database, a worker and a clock that move only when told: everything the driver reaches, as real classes over plain
 * fields. What is stored here outlives a driver, as the real journal does. {@link #faults} can get between any change
 * and whoever asked for it.
 */
final class FakeWorld implements Sensors, Launcher, PreflightChecks, AbortPlan, Announcer {

    static final int BATCHES_OF_A_STEP = 3;

    int batchesOfAStep = BATCHES_OF_A_STEP;

    final Faults faults = new Faults();

    final FakeBackups backups = new FakeBackups(this);

    final FakeWorkloads workloads = new FakeWorkloads(this);

    /** The kinds of what was announced. */
    final List<String> told = new ArrayList<>();

    /** A second goes by at the end of each tick, for whoever does not tick by hand. */
    boolean movesWithEachTick;

    /** Why the permit cannot be revoked for good. */
    @Nullable RuntimeException revokeFails;

    Instant now = Instant.parse("2026-03-02T01:00:00Z");
    long nanos = 1_000_000_000L;

    RunRecord stored;
    Optional<ReplicaSet> pinned = Optional.empty();
    final List<Intent> intents = new ArrayList<>();
    final List<String> outcomes = new ArrayList<>();
    Approvals approvals = new Approvals("olga@desk", List.of());
    final List<Event> history = new ArrayList<>();
    final List<StepRecord> steps = new ArrayList<>();
    Optional<BackupRecord> backup = Optional.empty();

    /** Each write of the lease and of a permit takes a second. */
    boolean slow;

    /** The backup that is there has become too old before the first write. */
    boolean backupGrewOld;

    @Nullable Instant permitUntil;

    boolean revoked;
    boolean leaseMine;
    boolean workerAlive;
    boolean workerFrozen;

    @Nullable Consumer<WorkerNews> news;

    int starts;
    int abortPlans;
    PreflightReport preflight = new PreflightReport(List.of(), List.of());
    /** In place of {@link #preflight}, for one that takes its time. */
    @Nullable Future<PreflightReport> slowLook;

    List<String> abortLeft = List.of();
    final List<Freeze> freezes = new ArrayList<>();
    final List<Took> took = new ArrayList<>();
    OptionalInt beforeStep = OptionalInt.empty();

    @Nullable Supplier<Allowance> abortAllowance;

    OptionalInt nextExit = OptionalInt.empty();
    boolean lagging;
    boolean blind;
    ServerIdentity server = new ServerIdentity("1", 1, 5, "here", false);

    FakeWorld(RunRecord run, List<StepRecord> steps) {
        this.stored = run;
        this.steps.addAll(steps);
    }

    Ports ports() {
        FakePermits permits = new FakePermits(this);
        return new Ports(new FakeJournal(this), permits, permits, this, this, this, backups, this, workloads, this);
    }

    Times times() {
        return new Times(() -> now, () -> nanos, new Random(7));
    }

    /** A second goes by for everybody; the worker does one batch if it may. */
    void second() {
        now = now.plusSeconds(1);
        nanos += Duration.ofSeconds(1).toNanos();
        if (workerAlive && !workerFrozen) {
            work();
        }
    }

    void write() {
        nanos += slow ? Duration.ofSeconds(1).toNanos() : 0;
    }

    void killWorker(int code) {
        workerAlive = false;
        tell(new WorkerNews.Ended(code));
    }

    void tell(WorkerNews what) {
        if (news != null) {
            news.accept(what);
        }
    }

    /** What a crash of the supervisor leaves: the worker and the permit stay as they were. */
    void supervisorGone() {
        faults.none();
        leaseMine = false;
        news = null;
    }

    boolean permitLives() {
        return permitUntil != null && permitUntil.isAfter(now) && !revoked;
    }

    private void work() {
        if (nextExit.isPresent()) {
            int code = nextExit.getAsInt();
            nextExit = OptionalInt.empty();
            killWorker(code);
            return;
        }
        if (backup.isEmpty()) {
            backup = Optional.of(new BackupRecord(
                    "b1",
                    "dump",
                    BackupRecord.State.VERIFIED,
                    "/b",
                    "readable",
                    OptionalLong.of(1),
                    OptionalLong.empty(),
                    now,
                    Optional.of(now),
                    Optional.empty()));
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            StepRecord step = steps.get(i);
            if (!step.abort() && step.state() != StepRecord.State.DONE) {
                if (step.state() == StepRecord.State.FAILED) {
                    killWorker(2);
                    return;
                }
                if (step.state() == StepRecord.State.ASKING || !permitLives() || waitsForRoom(step)) {
                    return;
                }
                steps.set(i, worked(step));
                return;
            }
        }
        killWorker(0);
    }

    /** As the worker does: it is asked before a step begins, not while it goes on. */
    private boolean waitsForRoom(StepRecord step) {
        return step.state() == StepRecord.State.PENDING && step.ordinal() >= beforeStep.orElse(Integer.MAX_VALUE);
    }

    private StepRecord worked(StepRecord step) {
        if (step.kind().equals("workloads")) {
            return workloads.worked(step);
        }
        if (step.kind().equals("hold")) {
            return with(step, StepRecord.State.ASKING, step.batches());
        }
        long batches = step.batches() + 1;
        return with(step, batches == batchesOfAStep ? StepRecord.State.DONE : StepRecord.State.RUNNING, batches);
    }

    static StepRecord failed(StepRecord s, Explanation why) {
        return record(s, StepRecord.State.FAILED, s.batches(), Optional.of(new Failure(Failure.Kind.STEP, why)));
    }

    static StepRecord with(StepRecord s, StepRecord.State state, long batches) {
        return record(s, state, batches, s.failure());
    }

    private static StepRecord record(StepRecord s, StepRecord.State state, long batches, Optional<Failure> failure) {
        return new StepRecord(
                s.ordinal(),
                s.abort(),
                s.name(),
                s.kind(),
                s.statementClass(),
                state,
                s.rowsTotal(),
                s.rowsDone(),
                batches,
                s.walBytes(),
                s.note(),
                failure);
    }

    @Override
    public Future<Sample> read(RunId run) {
        if (blind) {
            return Future.failedFuture(new IllegalStateException("no answer"));
        }
        return Future.succeededFuture(new Sample(
                now,
                nanos,
                new Lsn(1000),
                server,
                List.of(),
                List.of(),
                lagging ? TestRuns.blocked() : List.of(),
                List.of(),
                List.of()));
    }

    @Override
    public Future<Void> start(RunId run, Consumer<WorkerNews> told) {
        return faults.change(() -> {
            starts++;
            workerAlive = true;
            workerFrozen = false;
            news = told;
            tell(new WorkerNews.Runs());
            return null;
        });
    }

    @Override
    public Future<Void> stop(RunId run, Duration patience) {
        return faults.change(() -> {
            workerAlive = false;
            workerFrozen = false;
            news = null;
            return null;
        });
    }

    @Override
    public Future<PreflightReport> look(Plan plan) {
        return Optional.ofNullable(slowLook).orElseGet(() -> Future.succeededFuture(preflight));
    }

    @Override
    public Future<List<String>> carryOut(RunId run, Plan plan, Supplier<Allowance> guards) {
        abortAllowance = guards;
        if (workerAlive || permitLives()) {
            return Future.failedFuture(new AssertionError("abort steps beside a worker that can still commit"));
        }
        return faults.change(() -> {
            abortPlans++;
            return abortLeft;
        });
    }

    @Override
    public void happened(RunRecord run, Event event) {
        told.add(event.kind());
    }

    @Override
    public void ticked(Tick tick) {
        if (movesWithEachTick) {
            second();
        }
    }
}
