package dev.nightshift.kubernetes;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A launcher of one run with what it has told so far. */
final class Launched implements AutoCloseable {

    static final RunId RUN = new RunId("7f3kmq");
    static final Limits LIMITS = new Limits(
            Duration.ofMinutes(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofDays(7));

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final Cluster cluster;
    private final RunId run;
    final JobLauncher launcher;
    final List<WorkerNews> news = new CopyOnWriteArrayList<>();

    private Launched(KubernetesClient client, WorkerJob job) {
        cluster = Cluster.of(vertx, client);
        launcher = new JobLauncher(vertx, cluster, job, BEYOND_GRACE);
        run = job.run();
    }

    static Launched through(KubernetesClient client) {
        return of(client, new WorkerJob(settings(LIMITS), RUN, "orders-total", database(), false));
    }

    static Launched of(KubernetesClient client, WorkerJob job) {
        return new Launched(client, job);
    }

    static DatabaseUrl database() {
        return DatabaseUrl.parse("postgresql://migrator@primary:5432/shop?sslmode=verify-full");
    }

    static KubernetesSettings settings(Limits limits) {
        return new KubernetesSettings(
                MockedCluster.NAMESPACE,
                "registry.example/nightshift@sha256:aa",
                new KubernetesSettings.Placement(
                        "nightshift-run",
                        Map.of("cpu", "250m", "memory", "512Mi"),
                        Map.of("pool", "batch"),
                        List.of(new KubernetesSettings.Toleration("dedicated", "Exists", "", "NoSchedule")),
                        Optional.of("migrations"),
                        Optional.of(new KubernetesSettings.Dumps("dumps", java.nio.file.Path.of("/backups")))),
                new KubernetesSettings.Secrets(
                        Optional.of(new KubernetesSettings.PasswordKey("shop-migrator", "pw")), List.of("shop-tls")),
                new KubernetesSettings.Marks(Map.of("team", "shop"), Map.of("example.org/owner", "dba")),
                limits);
    }

    Launched start() {
        done(launcher.start(run, news::add));
        return this;
    }

    void stop() {
        done(launcher.stop(run, PATIENCE));
    }

    void killWithoutWaiting() {
        done(launcher.stop(run, Duration.ZERO));
    }

    void leave() {
        done(launcher.leave(run));
    }

    static void done(Future<Void> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    <T extends WorkerNews> T await(Class<T> kind) {
        MockedCluster.await(
                kind.getSimpleName() + " among " + news, () -> news.stream().anyMatch(kind::isInstance));
        return news.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    void awaitTold(String kind, String part) {
        MockedCluster.await(kind + " " + part, () -> told(kind).stream().anyMatch(text -> text.contains(part)));
    }

    /** Nothing that would move the run. */
    void stillSaysNothing(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            if (!news.stream().allMatch(WorkerNews.Told.class::isInstance)) {
                throw new AssertionError("expected nothing to be concluded, found " + news);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    List<String> told(String kind) {
        return news.stream()
                .filter(WorkerNews.Told.class::isInstance)
                .map(told -> ((WorkerNews.Told) told).event())
                .filter(event -> event.kind().equals(kind))
                .map(event -> event.message())
                .toList();
    }

    @Override
    public void close() {
        leave();
        cluster.close();
        vertx.close();
    }
}
