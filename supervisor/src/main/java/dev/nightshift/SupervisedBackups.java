package dev.nightshift;

import dev.nightshift.drive.Backups;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.BackupBefore;
import dev.nightshift.worker.Stop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for the backup of one run on a thread of its own; used from one event loop. */
final class SupervisedBackups implements Backups {

    /** As many databases of one supervisor may wait for theirs at once. */
    private static final int MOST_AT_ONCE = 16;

    /** Longer than any plan may wait; only about that is a warning written. */
    private static final int LONGEST_DAYS = 3;

    private final WorkerExecutor threads;
    private final BackupBefore backups;
    private Stop stop = new Stop();
    private @Nullable Future<Void> taking;

    SupervisedBackups(Vertx vertx, BackupBefore backups) {
        this.threads = vertx.createSharedWorkerExecutor("nightshift-backup", MOST_AT_ONCE, LONGEST_DAYS, TimeUnit.DAYS);
        this.backups = backups;
    }

    @Override
    public Future<Void> take(RunId run, Plan plan) {
        return leave(run).compose(v -> {
            Stop own = new Stop();
            stop = own;
            Future<Void> begun = threads.<Void>executeBlocking(
                    () -> {
                        backups.take(run, plan, own);
                        return null;
                    },
                    false);
            taking = begun;
            return begun;
        });
    }

    @Override
    public Future<Void> leave(RunId run) {
        Future<Void> left = taking;
        if (left == null) {
            return Future.succeededFuture();
        }
        stop.ask(Stop.Reason.LEAVE);
        return left.transform(ended -> {
            if (taking == left) {
                taking = null;
            }
            return Future.succeededFuture();
        });
    }
}
