package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The journal of a {@link FakeWorld}; what is written may be cut short by its {@link Faults}. */
final class FakeJournal implements Journal {

    private final FakeWorld world;

    FakeJournal(FakeWorld world) {
        this.world = world;
    }

    @Override
    public Future<RunRecord> load(RunId run) {
        return Future.succeededFuture(world.stored);
    }

    @Override
    public Future<RunRecord> move(RunRecord before, RunState next, Event event) {
        if (before.moves() != world.stored.moves() || !world.leaseMine) {
            return Future.failedFuture(new Superseded("another supervisor"));
        }
        return world.faults.change(() -> {
            world.stored = world.stored.moved(next);
            world.history.add(event);
            return world.stored;
        });
    }

    @Override
    public Future<Void> note(RunId run, Event event) {
        return world.faults.change(() -> {
            world.history.add(event);
            return null;
        });
    }

    @Override
    public Future<Optional<ReplicaSet>> pinned(RunId run) {
        return Future.succeededFuture(world.pinned);
    }

    @Override
    public Future<Void> pin(RunId run, ReplicaSet replicas) {
        return world.faults.change(() -> {
            world.pinned = Optional.of(replicas);
            return null;
        });
    }

    @Override
    public Future<Report> report(RunId run) {
        Duration age = world.workerFrozen ? Duration.ofSeconds(30) : Duration.ZERO;
        Optional<Heartbeat> beat = world.workerAlive
                ? Optional.of(new Heartbeat(world.starts, "here", 1, age, "working", WorkPace.NONE))
                : Optional.empty();
        return Future.succeededFuture(new Report(
                world.intents,
                beat,
                world.steps,
                world.backup,
                world.approvals,
                world.freezes,
                world.workloads.down()));
    }

    @Override
    public Future<Void> observed(Intent intent, String outcome) {
        return world.faults.change(() -> {
            world.intents.remove(intent);
            world.outcomes.add(outcome);
            return null;
        });
    }

    @Override
    public Future<Void> approve(RunId run, String by) {
        return world.faults.change(() -> {
            world.steps.replaceAll(s ->
                    s.state() == StepRecord.State.ASKING ? FakeWorld.with(s, StepRecord.State.DONE, s.batches()) : s);
            return null;
        });
    }

    @Override
    public Future<Void> approvePlan(Intent intent) {
        return world.faults.change(() -> {
            world.approvals = world.approvals.with(intent.by());
            return null;
        });
    }

    @Override
    public Future<List<Took>> timesBefore(RunId run) {
        return Future.succeededFuture(world.took);
    }

    @Override
    public Future<Void> judgeBackup(RunId run) {
        return world.faults.change(() -> {
            if (world.backupGrewOld) {
                world.backup = Optional.empty();
                world.backupGrewOld = false;
            }
            return null;
        });
    }

    @Override
    public Future<Void> reopenSteps(RunId run, boolean abort) {
        return world.faults.change(() -> {
            world.steps.replaceAll(s -> s.abort() == abort && isReopened(s.state())
                    ? FakeWorld.with(s, StepRecord.State.PENDING, s.batches())
                    : s);
            return null;
        });
    }

    private static boolean isReopened(StepRecord.State state) {
        return state == StepRecord.State.FAILED || state == StepRecord.State.UNCLEAR;
    }

    @Override
    public Future<Void> keep(RunId run, List<KeptReading> readings) {
        return Future.succeededFuture();
    }
}
