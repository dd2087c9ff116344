package dev.nightshift.kubernetes;

import dev.nightshift.drive.WorkerNews;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One Job under observation: what changes is judged at once, and what time changes once a second. */
final class FollowedJob implements AutoCloseable {

    private static final long LOOK_MILLIS = 1_000;

    /** A Job that was just made is in the next list. */
    private static final long SURELY_LISTED = Duration.ofSeconds(10).toNanos();

    /** A watch that was cut is opened again by itself within seconds. */
    private static final long WATCH_BROKEN = Duration.ofSeconds(10).toNanos();

    private static final long ASK_AGAIN = Duration.ofSeconds(5).toNanos();
    private static final long ASK_WHY = Duration.ofSeconds(15).toNanos();

    private final Vertx vertx;
    private final Context context;
    private final Cluster cluster;
    private final WorkerJob template;
    private final Job job;
    private final Consumer<WorkerNews> news;
    private final JobJudge judge;
    private final long begun = System.nanoTime();
    private final long timer;
    private @Nullable JobFollower follower;
    private Optional<String> why = Optional.empty();
    private String whyOf = "";
    private long askedWhy = begun;
    private long upToDateAt = begun;
    private long askedAt = begun;
    private boolean seen;
    private boolean closed;

    FollowedJob(Vertx vertx, Context context, Cluster cluster, WorkerJob template, Job job, Consumer<WorkerNews> news) {
        this.vertx = vertx;
        this.context = context;
        this.cluster = cluster;
        this.template = template;
        this.job = job;
        this.news = news;
        this.judge = new JobJudge(name(), template.settings().limits(), begun, age(job));
        this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> changed());
        open();
    }

    private String name() {
        return job.getMetadata().getName();
    }

    private void open() {
        cluster.ask(
                        "following Job " + name(),
                        client -> JobFollower.open(
                                client,
                                template.settings().namespace(),
                                Marks.workersOf(template.run()),
                                this::changed))
                .onSuccess(opened -> {
                    follower = opened;
                    if (closed) {
                        closeFollower(opened);
                    }
                });
    }

    private void changed() {
        context.runOnContext(v -> look());
    }

    /** What was seen before counts no longer while the watch is broken; then the API server is asked, for as long. */
    private void look() {
        JobFollower open = follower;
        long now = System.nanoTime();
        if (closed) {
            return;
        }
        if (open != null && open.isUpToDate()) {
            upToDateAt = now;
            judge(open.read(name()));
        } else if (now - upToDateAt > WATCH_BROKEN && now - askedAt > ASK_AGAIN) {
            askedAt = now;
            cluster.ask("looking after Job " + name(), client -> new RunJobs(client, template).read(name()))
                    .onSuccess(this::judge);
        }
    }

    private void judge(Optional<JobReading> reading) {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        seen = seen || reading.isPresent();
        List<WorkerNews> all = List.of();
        if (reading.isPresent()) {
            askWhy(reading.get(), now);
            all = judge.see(reading.get(), why, now);
        } else if (seen || now - begun > SURELY_LISTED) {
            all = judge.vanished();
        }
        if (judge.isOver()) {
            close();
        }
        all.forEach(news);
    }

    private void askWhy(JobReading reading, long now) {
        String pod = reading.newest().map(PodReading::name).orElse("");
        boolean works = reading.newest().filter(PodReading::hasBegun).isPresent();
        if (works || !pod.equals(whyOf)) {
            whyOf = pod;
            why = Optional.empty();
            askedWhy = now;
        } else if (now - askedWhy > ASK_WHY) {
            askedWhy = now;
            cluster.ask(
                            "asking why Job " + name() + " does not begin",
                            client -> new RunJobs(client, template).whyNotBegun(reading))
                    .onSuccess(said -> why = pod.equals(whyOf) ? said : why);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        vertx.cancelTimer(timer);
        if (follower != null) {
            closeFollower(follower);
        }
    }

    private void closeFollower(JobFollower open) {
        cluster.ask("ending to follow Job " + name(), client -> {
            open.close();
            return true;
        });
    }

    /** By the cluster's clock and ours; only a deadline of hours rests on it. */
    private static Duration age(Job job) {
        return Optional.ofNullable(job.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getStartTime()))
                .flatMap(FollowedJob::instant)
                .map(at -> Duration.between(at, Instant.now()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
