package dev.nightshift.kubernetes;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Launcher;
import dev.nightshift.drive.WorkerNews;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Trouble;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts the workers of one run as Jobs. What is wished for is carried out one after the other beside the ticks, and tried
 * again for as long as the API server is away; a newer wish ends the trying.
 */
public final class JobLauncher implements Launcher {

    private static final long AGAIN_MILLIS = 3_000;

    /** For the API server and the kubelet to hear of it. */
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);

    /** A worker that was asked to leave does so in this time, whatever its batch; see its goodbye. */
    private static final Duration GOODBYE = Duration.ofSeconds(20);

    private static final String UNKNOWN =
            "whether the worker's pod has ended cannot be known; its claim ends with the next"
                    + " epoch, and so do its sessions";

    private final Vertx vertx;
    private final Context context;
    private final Cluster cluster;
    private final WorkerJob template;
    private final Duration beyondGrace;
    private final Set<String> said = new HashSet<>();
    private Future<?> last = Future.succeededFuture();
    private Consumer<WorkerNews> news = told -> {};
    private @Nullable FollowedJob followed;
    private volatile @Nullable Job newest;
    private int wish;
    private int attempts;

    public JobLauncher(Vertx vertx, Cluster cluster, WorkerJob template) {
        this(vertx, cluster, template, BEYOND_GRACE);
    }

    /** @param beyondGrace how much longer than its grace a pod's end is waited for */
    JobLauncher(Vertx vertx, Cluster cluster, WorkerJob template, Duration beyondGrace) {
        this.beyondGrace = beyondGrace;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.cluster = cluster;
        this.template = template;
    }

    /** The Job that was made or found last. */
    Optional<Job> current() {
        return Optional.ofNullable(newest);
    }

    @Override
    public Future<Void> start(RunId run, Consumer<WorkerNews> told) {
        return wished(mine -> {
            news = told;
            said.clear();
            queue(() -> begin(mine));
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> stop(RunId run, Duration patience) {
        return wished(mine -> {
            Future<Void> ended = queue(() -> end(mine, patience));
            return patience.isZero() ? Future.succeededFuture() : ended;
        });
    }

    /** The Job stays: its worker waits for a permit, and whoever supervises next adopts it. */
    @Override
    public Future<Void> leave(RunId run) {
        return wished(mine -> Future.succeededFuture());
    }

    private Future<Void> wished(java.util.function.IntFunction<Future<Void>> wanted) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            if (followed != null) {
                followed.close();
                followed = null;
            }
            wanted.apply(++wish).onComplete(done);
        });
        return done.future();
    }

    private Future<Void> queue(Supplier<Future<Void>> work) {
        Future<Void> next = last.transform(before -> work.get());
        last = next;
        return next;
    }

    private Future<Void> begin(int mine) {
        if (mine != wish) {
            return Future.succeededFuture();
        }
        int before = attempts;
        return cluster.ask("starting the worker of run " + template.run(), client -> {
                    RunJobs jobs = new RunJobs(client, template);
                    boolean gone = before == 0 || jobs.end(longest());
                    return new Beginning(jobs.adoptOrCreate(before), gone);
                })
                .map(begun -> begun(mine, begun))
                .recover(failure -> failed(mine, failure, () -> begin(mine)));
    }

    /** @param gone what was there before has ended for certain */
    private record Beginning(RunJobs.Begun begun, boolean gone) {}

    private @Nullable Void begun(int mine, Beginning beginning) {
        Job job = beginning.begun().job();
        String name = job.getMetadata().getName();
        attempts = Math.max(1, WorkerJob.number(job));
        newest = job;
        if (!beginning.gone()) {
            tell("worker-unknown", name, UNKNOWN);
        }
        tell("worker-job", name, beginning.begun().adopted() ? "was at work already and is followed on" : "is made");
        if (mine == wish) {
            followed = new FollowedJob(vertx, context, cluster, template, job, news);
        }
        cluster.ask(
                "removing old Jobs",
                client -> JobSweep.sweep(
                        client,
                        template.settings().namespace(),
                        template.settings().limits().keepFinished(),
                        Instant.now()));
        return null;
    }

    private Future<Void> end(int mine, Duration patience) {
        return cluster.ask("ending the worker of run " + template.run(), client -> {
                    RunJobs jobs = new RunJobs(client, template);
                    return jobs.end(patience.isZero() ? Duration.ZERO : toEnd(patience));
                })
                .<Void>map(gone -> {
                    if (!gone && !patience.isZero()) {
                        tell("worker-unknown", "", UNKNOWN);
                    }
                    return null;
                })
                .recover(failure -> {
                    tell("worker-unknown", "", what(failure) + "; " + UNKNOWN);
                    later(() -> endLater(mine));
                    return Future.succeededFuture();
                });
    }

    /** Nobody waits for this; a run that is over must not leave a Job behind because the API server was away. */
    private Future<Void> endLater(int mine) {
        if (mine != wish) {
            return Future.succeededFuture();
        }
        return cluster.ask(
                        "ending the worker of run " + template.run(),
                        client -> new RunJobs(client, template).end(Duration.ZERO))
                .<Void>mapEmpty()
                .onFailure(failure -> later(() -> endLater(mine)))
                .otherwiseEmpty();
    }

    private Future<Void> failed(int mine, Throwable failure, Supplier<Future<Void>> again) {
        if (mine != wish) {
            return Future.succeededFuture();
        }
        if (failure instanceof Permanent permanent) {
            news.accept(new WorkerNews.Refused(permanent.explanation()));
            return Future.succeededFuture();
        }
        tell("worker-waits", "", what(failure));
        Promise<Void> done = Promise.promise();
        later(() -> again.get().onComplete(done));
        return done.future();
    }

    private void later(Runnable work) {
        vertx.setTimer(AGAIN_MILLIS, timer -> context.runOnContext(v -> work.run()));
    }

    /** Each sentence once for each start. */
    private void tell(String kind, String subject, String text) {
        if (said.add(kind + subject + text)) {
            news.accept(new WorkerNews.Told(new Event(kind, subject, text)));
        }
    }

    private static String what(Throwable failure) {
        return failure instanceof Trouble trouble ? trouble.explanation().what() : String.valueOf(failure);
    }

    /** What comes after a stop is fenced by the epoch; it need not wait for a machine that is cut off. */
    private Duration toEnd(Duration patience) {
        Duration enough = patience.plus(GOODBYE);
        return enough.compareTo(longest()) < 0 ? enough : longest();
    }

    private Duration longest() {
        return template.settings().limits().grace().plus(beyondGrace);
    }
}
