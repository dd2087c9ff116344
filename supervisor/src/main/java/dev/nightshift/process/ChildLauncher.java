package dev.nightshift.process;

import dev.nightshift.drive.Launcher;
import dev.nightshift.drive.WorkerNews;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Exit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts workers as child processes. Each holds the other end of a pipe to this process: when the supervisor dies the
 * pipe ends, and the worker parks as if it had been asked to.
 */
public final class ChildLauncher implements Launcher {

    private final Vertx vertx;
    private final Function<RunId, ProcessBuilder> command;
    private final Map<RunId, Child> children = new HashMap<>();

    private static final class Child {
        private final Process process;
        private final LastLines lines;
        private volatile boolean stopped;
        private @Nullable CompletableFuture<Void> exit;

        Child(Process process, LastLines lines) {
            this.process = process;
            this.lines = lines;
        }

        /** A worker that ends as it should has told the journal why. */
        WorkerNews.Ended end() {
            int code = process.exitValue();
            String said = Exit.of(code).isPresent() ? "" : lines.text();
            return said.isEmpty()
                    ? new WorkerNews.Ended(code)
                    : new WorkerNews.Ended(code, "exit code " + code + ", its last words: " + said);
        }
    }

    /**
     * @param command how a run's worker is started; its standard input is taken over here
     */
    public ChildLauncher(Vertx vertx, Function<RunId, ProcessBuilder> command) {
        this.vertx = vertx;
        this.command = command;
    }

    /** A builder that writes the worker's output to a file of this run's own. */
    public static ProcessBuilder builder(Path output, String... line) {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("NIGHTSHIFT_WATCH_STDIN", "1");
        return builder;
    }

    @Override
    public Future<Void> start(RunId run, Consumer<WorkerNews> news) {
        return stop(run, Duration.ZERO)
                .compose(v -> vertx.executeBlocking(() -> spawn(run)))
                .map(child -> {
                    children.put(run, child);
                    news.accept(new WorkerNews.Runs());
                    child.exit = child.process.onExit().thenAccept(process -> {
                        if (!child.stopped) {
                            news.accept(child.end());
                        }
                    });
                    return null;
                });
    }

    @Override
    public Future<Void> stop(RunId run, Duration patience) {
        Child child = children.remove(run);
        if (child == null) {
            return Future.succeededFuture();
        }
        child.stopped = true;
        return vertx.executeBlocking(() -> end(child.process, patience)).mapEmpty();
    }

    private Child spawn(RunId run) {
        try {
            ProcessBuilder builder = command.apply(run);
            LastLines lines = LastLines.of(builder);
            return new Child(builder.start(), lines);
        } catch (IOException e) {
            throw new Permanent(
                    new Explanation(
                            "the worker cannot be started: " + e.getMessage(),
                            "starting the worker of run " + run,
                            "as the journal has it; nothing is being written",
                            "correct the installation, then `nightshift resume`"),
                    e);
        }
    }

    /** Answers its exit status. */
    private static int end(Process process, Duration patience) throws InterruptedException {
        if (!patience.isZero()) {
            process.destroy();
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        }
        return process.destroyForcibly().waitFor();
    }
}
