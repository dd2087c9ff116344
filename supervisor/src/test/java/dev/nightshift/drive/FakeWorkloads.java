package dev.nightshift.drive;

import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster whose workloads have three replicas each, and the journal's rows of them; every change may be cut short. */
final class FakeWorkloads implements Workloads {

    static final int REPLICAS = 3;

    final Map<Workload, Integer> replicas = new LinkedHashMap<>();
    private final Map<Workload, Stopped> rows = new LinkedHashMap<>();
    private final Map<Integer, StepReply> replies = new HashMap<>();
    private final FakeWorld world;

    /** How many looks it takes until the last pod is gone. */
    int slowPods;

    List<String> sessions = List.of();
    int terminated;
    boolean away;

    @Nullable String refusal;

    FakeWorkloads(FakeWorld world) {
        this.world = world;
    }

    List<Stopped> down() {
        return List.copyOf(rows.values());
    }

    /** As a worker does: it begins the step, and waits for what the supervisor says. */
    StepRecord worked(StepRecord step) {
        if (step.state() == StepRecord.State.PENDING) {
            replies.remove(step.ordinal());
            return FakeWorld.with(step, StepRecord.State.RUNNING, step.batches());
        }
        StepReply reply = replies.get(step.ordinal());
        if (reply instanceof StepReply.Done) {
            return FakeWorld.with(step, StepRecord.State.DONE, step.batches());
        }
        return reply instanceof StepReply.Refused refused ? FakeWorld.failed(step, refused.why()) : step;
    }

    @Override
    public Future<Left> stop(RunId run, int step, TakeDown what, List<Stopped> stopped) {
        Future<Void> all = asked();
        for (Workload workload : what.stop()) {
            all = all.compose(v -> stopOne(step, what, workload));
        }
        return all.map(v -> slowPods-- > 0 ? new Left(List.of("pod web-1"), List.of()) : new Left(List.of(), sessions));
    }

    private Future<Void> stopOne(int step, TakeDown what, Workload workload) {
        if (Optional.ofNullable(rows.get(workload)).filter(Stopped::confirmed).isPresent()) {
            return Future.succeededFuture();
        }
        int now = replicas.getOrDefault(workload, REPLICAS);
        int before = now > 0
                ? now
                : Optional.ofNullable(rows.get(workload)).map(Stopped::replicas).orElse(0);
        return changed(() -> rows.put(workload, row(step, what, workload, before, false)))
                .compose(v -> changed(() -> replicas.put(workload, 0)))
                .compose(v -> changed(() -> rows.put(workload, row(step, what, workload, before, true))));
    }

    private Future<Void> changed(Runnable change) {
        return world.faults.change(() -> {
            change.run();
            return null;
        });
    }

    private static Stopped row(int step, TakeDown what, Workload workload, int before, boolean confirmed) {
        return new Stopped(
                step,
                what.namespace(),
                workload,
                before,
                Map.of(),
                what.keepDown(),
                confirmed,
                Duration.ZERO,
                Optional.empty());
    }

    @Override
    public Future<Integer> terminate(TakeDown what) {
        terminated += sessions.size();
        sessions = List.of();
        return Future.succeededFuture(terminated);
    }

    @Override
    public Future<List<String>> upAgain(List<Stopped> stopped) {
        return asked().map(v -> stopped.stream()
                .filter(one -> replicas.getOrDefault(one.workload(), REPLICAS) > 0)
                .map(one -> one.workload() + " has replicas, set by argocd")
                .toList());
    }

    @Override
    public Future<List<String>> bringBack(RunId run, List<Stopped> stopped) {
        return back(stopped, true);
    }

    @Override
    public Future<List<String>> bringBack(RunId run, BringBack step, List<Stopped> stopped) {
        return back(stopped, false);
    }

    private Future<List<String>> back(List<Stopped> stopped, boolean reopens) {
        Future<Void> all = asked();
        for (Stopped one : stopped) {
            all = all.compose(v -> refusal == null ? backOne(one, reopens) : refused(one, refusal));
        }
        return all.map(v -> new ArrayList<>());
    }

    private Future<Void> backOne(Stopped one, boolean reopens) {
        return changed(() -> replicas.put(one.workload(), one.replicas()))
                .compose(v -> changed(() -> {
                    rows.remove(one.workload());
                    if (reopens) {
                        world.steps.replaceAll(step -> step.ordinal() == one.step()
                                ? FakeWorld.with(step, StepRecord.State.PENDING, step.batches())
                                : step);
                    }
                }));
    }

    private Future<Void> refused(Stopped one, String why) {
        Stopped row = new Stopped(
                one.step(),
                one.namespace(),
                one.workload(),
                one.replicas(),
                one.images(),
                one.keepDown(),
                one.confirmed(),
                one.age(),
                Optional.of(why));
        return changed(() -> rows.put(one.workload(), row));
    }

    @Override
    public Future<List<String>> notReady(BringBack step) {
        return asked().map(v -> List.of());
    }

    @Override
    public Future<Void> answer(RunId run, int step, StepReply reply) {
        return changed(() -> replies.put(step, reply));
    }

    private Future<Void> asked() {
        return away
                ? Future.failedFuture(new Transient(
                        new Explanation("the Kubernetes API does not answer", "asking", "as it was", "wait")))
                : Future.succeededFuture();
    }
}
