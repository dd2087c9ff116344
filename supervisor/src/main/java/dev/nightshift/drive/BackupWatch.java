package dev.nightshift.drive;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The backup that the supervisor takes itself: begun before the first worker, beside the ticks, and tried again. */
final class BackupWatch {

    private final RunId run;
    private final Plan plan;
    private final Ports ports;
    private final Times times;
    private final Consumer<RunEvent> answers;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private boolean busy;
    private int tries;
    private long due;

    /** What was begun before this number is no answer any more. */
    private int turn;

    BackupWatch(RunId run, Plan plan, Ports ports, Times times, Consumer<RunEvent> answers) {
        this.run = run;
        this.plan = plan;
        this.ports = ports;
        this.times = times;
        this.answers = answers;
        this.due = times.nanos().getAsLong();
    }

    /** Whether the run has the backup that its plan wants. */
    boolean isThere(Report report) {
        return plan.backup() instanceof BackupSpec.None
                || report.backup()
                        .filter(backup -> backup.state() == BackupRecord.State.VERIFIED)
                        .isPresent();
    }

    /** Whether a worker has nothing to do yet. */
    boolean isAwaited(RunState state, Report report) {
        return state instanceof Backup && plan.backup() instanceof BackupSpec.Elsewhere && !isThere(report);
    }

    /** Begins, or begins again when it is time. */
    void goOn() {
        if (busy || times.nanos().getAsLong() - due < 0) {
            return;
        }
        busy = true;
        int mine = turn;
        ports.permits()
                .adopt(run)
                .compose(v -> mine == turn ? ports.backups().take(run, plan) : Future.<Void>succeededFuture())
                .onComplete(taken -> {
                    if (mine == turn) {
                        busy = false;
                        ended(taken.cause());
                    }
                });
    }

    private void ended(@Nullable Throwable failure) {
        if (failure == null) {
            tries = 0;
        } else if (failure instanceof Trouble && !(failure instanceof Permanent)) {
            tries++;
            due = times.nanos().getAsLong()
                    + backoff.after(tries, times.random()).toNanos();
        } else {
            answers.accept(new RunEvent.BackupFailed(
                    failure instanceof Permanent permanent ? permanent.explanation() : broken(failure)));
        }
    }

    private static Explanation broken(Throwable failure) {
        return new Explanation(
                "the backup broke off: " + failure,
                "taking the backup",
                Explanation.NOTHING_CHANGED,
                "see the supervisor's log, then `nightshift retry`");
    }

    /** Nobody waits for it any more when this completes. */
    Future<Void> leave() {
        turn++;
        busy = false;
        tries = 0;
        due = times.nanos().getAsLong();
        return plan.backup() instanceof BackupSpec.Elsewhere ? ports.backups().leave(run) : Future.succeededFuture();
    }
}
