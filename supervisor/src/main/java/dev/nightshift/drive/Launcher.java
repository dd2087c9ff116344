package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Starts and ends the worker of a run: a child process here, a Job on Kubernetes. */
public interface Launcher {

    /**
     * Starts a worker; one that this launcher started before is ended first.
     *
     * @param exited told the exit code once, when the worker has ended, unless {@link #stop} ended it
     */
    Future<Void> start(RunId run, IntConsumer exited);

    /** Asks the worker to end, kills it after {@code patience}, and returns when it is gone. */
    Future<Void> stop(RunId run, Duration patience);
}
