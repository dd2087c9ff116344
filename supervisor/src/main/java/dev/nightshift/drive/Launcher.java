package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/** Starts and ends the worker of a run: a child process here, a Job on Kubernetes. */
public interface Launcher {

    /**
     * Starts a worker; one that this launcher started before is ended first. Answers when that is under way, which may be
     * long before the worker runs.
     *
     * @param news told, from any thread, what becomes of the worker until {@link #stop} or {@link #leave} is asked for
     */
    Future<Void> start(RunId run, Consumer<WorkerNews> news);

    /**
     * Asks the worker to end, kills it after {@code patience}, and returns when it is gone or nobody can tell. Without
     * patience nobody waits for one whose machine does not answer.
     */
    Future<Void> stop(RunId run, Duration patience);

    /** This process will not supervise any longer; a worker that can be found again by whoever does may stay. */
    default Future<Void> leave(RunId run) {
        return stop(run, Effects.PATIENCE);
    }
}
