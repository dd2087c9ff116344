package dev.nightshift.drive;

import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunEffect;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out effects one after the other, beside the ticks. One that fails for a passing reason stays at the head and
 * is tried again; after a crash {@code TAKEN_OVER} brings back what the state needs.
 */
final class Effects {

    /** A batch's statement timeout is 2 s unless the plan says more; a worker that needs longer than this is killed. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunId run;
    private final Plan plan;
    private final Ports ports;
    private final WorkerWatch worker;
    private final BackupWatch backup;
    private final Runnable preflightWanted;
    private final Consumer<RunEvent> answers;
    private final Supplier<Allowance> allowance;
    private final Downtime downtime;
    private final Deque<RunEffect> pending = new ArrayDeque<>();
    private boolean busy;
    private @Nullable Throwable broken;
    /** What the abort steps have left, once they are done as far as they can be. */
    private @Nullable List<String> leftOfAbort;

    Effects(
            RunId run,
            Plan plan,
            Ports ports,
            WorkerWatch worker,
            BackupWatch backup,
            Runnable preflightWanted,
            Consumer<RunEvent> answers,
            Supplier<Allowance> allowance,
            Downtime downtime) {
        this.run = run;
        this.plan = plan;
        this.ports = ports;
        this.worker = worker;
        this.backup = backup;
        this.preflightWanted = preflightWanted;
        this.answers = answers;
        this.allowance = allowance;
        this.downtime = downtime;
    }

    void add(List<RunEffect> effects) {
        pending.addAll(effects);
        next();
    }

    boolean idle() {
        return pending.isEmpty();
    }

    /** Tries again what failed. Fails with what a person has to mend first, each time until it is mended. */
    Future<Void> goOn() {
        Throwable failure = broken;
        if (failure instanceof Permanent) {
            broken = null;
        }
        if (broken == null) {
            next();
        }
        return failure == null ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    private void next() {
        RunEffect effect = pending.peek();
        if (busy || effect == null) {
            return;
        }
        busy = true;
        Future.succeededFuture().compose(v -> perform(effect)).onComplete(done -> {
            busy = false;
            if (done.succeeded()) {
                pending.remove();
                next();
            } else if (!(done.cause() instanceof Transient)) {
                broken = done.cause();
            }
        });
    }

    private Future<Void> perform(RunEffect effect) {
        return switch (effect) {
            case RUN_PREFLIGHT -> done(preflightWanted);
            case JUDGE_BACKUP -> ports.journal().judgeBackup(run);
            case START_WORKER -> done(worker::want);
            case STOP_WORKER ->
                backup.leave()
                        .compose(v -> ports.launcher().stop(run, PATIENCE))
                        .onSuccess(v -> worker.stopped());
            case WITHDRAW_PERMIT -> ports.permits().withdraw(run);
            case REVOKE_PERMIT -> ports.permits().revoke(run, false);
            case REVOKE_PERMIT_NOW -> ports.permits().revoke(run, true);
            case RUN_ABORT_PLAN ->
                abortSteps()
                        .compose(downtime::afterAbort)
                        .onSuccess(left -> {
                            leftOfAbort = null;
                            answers.accept(new RunEvent.AbortFinished(left));
                        })
                        .mapEmpty();
            case CLOSE_RUN -> ports.permits().clear(run).onSuccess(v -> answers.accept(new RunEvent.Closed()));
            case REOPEN_STEPS -> ports.journal().reopenSteps(run, false);
            case REOPEN_ABORT_STEPS -> ports.journal().reopenSteps(run, true);
        };
    }

    private Future<List<String>> abortSteps() {
        List<String> before = leftOfAbort;
        return before != null
                ? Future.succeededFuture(before)
                : ports.abortPlan().carryOut(run, plan, allowance).onSuccess(left -> leftOfAbort = left);
    }

    private static Future<Void> done(Runnable action) {
        action.run();
        return Future.succeededFuture();
    }
}
