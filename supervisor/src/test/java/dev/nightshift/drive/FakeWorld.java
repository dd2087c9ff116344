package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A database, a worker and a clock that move only when told: everything the driver reaches, as real classes over plain
 * fields. What is stored here outlives a driver, as the real journal does. After {@link #crashAfter} more calls that
 * change something, the next one throws as if the supervisor's process had ended right after it.
 */
final class FakeWorld implements Journal, Lease, Permits, Sensors, Launcher, PreflightChecks, AbortPlan, Announcer {

    static final int BATCHES_OF_A_STEP = 3;

    Instant now = Instant.parse("2026-03-02T01:00:00Z");
    long nanos = 1_000_000_000L;

    RunRecord stored;
    Optional<ReplicaSet> pinned = Optional.empty();
    final List<Intent> intents = new ArrayList<>();
    final List<String> outcomes = new ArrayList<>();
    final List<Event> history = new ArrayList<>();
    final List<StepRecord> steps = new ArrayList<>();
    Optional<BackupRecord> backup = Optional.empty();

    @Nullable Instant permitUntil;

    boolean revoked;
    boolean leaseMine;
    boolean workerAlive;
    boolean workerFrozen;

    @Nullable IntConsumer exited;

    int starts;
    int abortPlans;
    List<Explanation> preflightProblems = List.of();
    List<String> abortLeft = List.of();
    OptionalInt nextExit = OptionalInt.empty();
    boolean lagging;
    boolean blind;
    int batchesWithoutPermit;

    private int callsToCrash = -1;
    private int changes;

    FakeWorld(RunRecord run, List<StepRecord> steps) {
        this.stored = run;
        this.steps.addAll(steps);
    }

    /** The process ends right after the {@code k}-th change, counted from now. */
    void crashAfter(int k) {
        callsToCrash = k;
        changes = 0;
    }

    int changes() {
        return changes;
    }

    Ports ports() {
        return new Ports(this, this, this, this, this, this, this, this);
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

    void killWorker(int code) {
        workerAlive = false;
        if (exited != null) {
            exited.accept(code);
        }
    }

    /** What a crash of the supervisor leaves: the worker and the permit stay as they were. */
    void supervisorGone() {
        callsToCrash = -1;
        leaseMine = false;
        exited = null;
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
                    BackupRecord.State.VERIFIED,
                    "/b",
                    "readable",
                    OptionalLong.of(1),
                    now,
                    Optional.of(now),
                    Optional.empty()));
            return;
        }
        for (int i = 0; i < steps.size(); i++) {
            StepRecord step = steps.get(i);
            if (!step.abort() && step.state() != StepRecord.State.DONE) {
                if (step.state() == StepRecord.State.ASKING || !permitLives()) {
                    return;
                }
                steps.set(i, worked(step));
                return;
            }
        }
        killWorker(0);
    }

    private static StepRecord worked(StepRecord step) {
        if (step.kind().equals("hold")) {
            return with(step, StepRecord.State.ASKING, step.batches());
        }
        long batches = step.batches() + 1;
        return with(step, batches == BATCHES_OF_A_STEP ? StepRecord.State.DONE : StepRecord.State.RUNNING, batches);
    }

    static StepRecord with(StepRecord s, StepRecord.State state, long batches) {
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
                s.failure());
    }

    private <T> Future<T> changed(@Nullable T value) {
        changes++;
        if (callsToCrash >= 0 && changes > callsToCrash) {
            return Future.failedFuture(new Crash());
        }
        return Future.succeededFuture(value);
    }

    private boolean crashed() {
        return callsToCrash >= 0 && changes > callsToCrash;
    }

    /** The end of the supervisor's process. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public Future<RunRecord> load(RunId run) {
        return Future.succeededFuture(stored);
    }

    @Override
    public Future<RunRecord> move(RunRecord before, RunState next, Event event) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        if (before.moves() != stored.moves() || !leaseMine) {
            return Future.failedFuture(new Superseded("another supervisor"));
        }
        stored = stored.moved(next);
        history.add(event);
        return changed(stored);
    }

    @Override
    public Future<Void> note(RunId run, Event event) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        history.add(event);
        return changed(null);
    }

    @Override
    public Future<Optional<ReplicaSet>> pinned(RunId run) {
        return Future.succeededFuture(pinned);
    }

    @Override
    public Future<Void> pin(RunId run, ReplicaSet replicas) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        pinned = Optional.of(replicas);
        return changed(null);
    }

    @Override
    public Future<Report> report(RunId run) {
        Duration age = workerFrozen ? Duration.ofSeconds(30) : Duration.ZERO;
        Optional<Heartbeat> beat = workerAlive
                ? Optional.of(new Heartbeat(starts, "here", 1, age, "working", WorkPace.NONE))
                : Optional.empty();
        return Future.succeededFuture(new Report(intents, beat, steps, backup));
    }

    @Override
    public Future<Void> observed(Intent intent, String outcome) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        intents.remove(intent);
        outcomes.add(outcome);
        return changed(null);
    }

    @Override
    public Future<Void> approve(RunId run, String by) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        steps.replaceAll(s -> s.state() == StepRecord.State.ASKING ? with(s, StepRecord.State.DONE, s.batches()) : s);
        return changed(null);
    }

    @Override
    public Future<Void> reopenSteps(RunId run) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        steps.replaceAll(s -> s.state() == StepRecord.State.FAILED || s.state() == StepRecord.State.UNCLEAR
                ? with(s, StepRecord.State.PENDING, s.batches())
                : s);
        return changed(null);
    }

    @Override
    public Future<Void> keep(RunId run, List<KeptReading> readings) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Answer> acquire() {
        leaseMine = true;
        return Future.succeededFuture(new Answer(true, "here", Optional.empty()));
    }

    @Override
    public Future<Void> keep() {
        return leaseMine ? Future.succeededFuture() : Future.failedFuture(new Superseded("another supervisor"));
    }

    @Override
    public Future<Void> release() {
        leaseMine = false;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> adopt(RunId run) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        revoked = false;
        permitUntil = null;
        return changed(null);
    }

    @Override
    public Future<Void> grant(RunId run, OptionalLong walRate, Instant validUntil) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        if (!revoked) {
            permitUntil = validUntil;
        }
        return changed(null);
    }

    @Override
    public Future<Void> withdraw(RunId run) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        permitUntil = null;
        return changed(null);
    }

    @Override
    public Future<Void> revoke(RunId run, boolean immediate) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        permitUntil = null;
        revoked = true;
        return changed(null);
    }

    @Override
    public Future<Void> clear(RunId run) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        permitUntil = null;
        return changed(null);
    }

    @Override
    public Future<Sample> read(RunId run) {
        if (blind) {
            return Future.failedFuture(new IllegalStateException("no answer"));
        }
        ServerIdentity server = new ServerIdentity("1", 1, 5, "here", false);
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
    public Future<Void> start(RunId run, IntConsumer whenExited) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        starts++;
        workerAlive = true;
        workerFrozen = false;
        exited = whenExited;
        return changed(null);
    }

    @Override
    public Future<Void> stop(RunId run, Duration patience) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        workerAlive = false;
        workerFrozen = false;
        exited = null;
        return changed(null);
    }

    @Override
    public Future<List<Explanation>> problems(Plan plan) {
        return Future.succeededFuture(preflightProblems);
    }

    @Override
    public Future<List<String>> carryOut(RunId run, Plan plan) {
        if (crashed()) {
            return Future.failedFuture(new Crash());
        }
        if (workerAlive || permitLives()) {
            return Future.failedFuture(new AssertionError("abort steps beside a worker that can still commit"));
        }
        abortPlans++;
        return changed(abortLeft);
    }

    @Override
    public void happened(RunRecord run, Event event) {}

    @Override
    public void ticked(Tick tick) {}
}
