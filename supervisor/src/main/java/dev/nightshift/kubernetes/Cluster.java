package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection to an API server, made when it is first asked; every question has a time limit. */
public final class Cluster implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;

    /** Doubled up to 32 times: a server that is back is heard of within eight seconds. */
    private static final int WATCH_AGAIN_MILLIS = 250;

    /** Waiting for a worker to end takes as long as its grace. */
    private static final long LONGEST_HOURS = 2;

    private final WorkerExecutor threads;
    private final Supplier<KubernetesClient> maker;
    private @Nullable KubernetesClient client;

    private Cluster(Vertx vertx, Supplier<KubernetesClient> maker) {
        this.threads = vertx.createSharedWorkerExecutor("kubernetes", THREADS, LONGEST_HOURS, TimeUnit.HOURS);
        this.maker = maker;
    }

    /** The one that the pod's service account, or the user's kubeconfig, points to. */
    public static Cluster configured(Vertx vertx) {
        return new Cluster(
                vertx,
                () -> new KubernetesClientBuilder()
                        .withConfig(limited(Config.autoConfigure(null)))
                        .build());
    }

    /** The one that a client was made for, which is closed with this. */
    static Cluster of(Vertx vertx, KubernetesClient client) {
        return new Cluster(vertx, () -> client);
    }

    /** The same configuration with our limits: whoever calls tries again by himself. */
    static Config limited(Config config) {
        return new ConfigBuilder(config)
                .withRequestTimeout(ANSWER_MILLIS)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(WATCH_AGAIN_MILLIS)
                .build();
    }

    /**
     * Puts a question on a thread of its own. Fails with a {@link dev.nightshift.run.Trouble}.
     *
     * @param doing what a person is told of it when it fails
     */
    <T> Future<T> ask(String doing, Function<KubernetesClient, T> question) {
        return threads.<T>executeBlocking(() -> answer(doing, question), false);
    }

    private <T> T answer(String doing, Function<KubernetesClient, T> question) {
        try {
            return question.apply(client());
        } catch (KubernetesClientException e) {
            throw ClusterFailures.of(doing, e);
        }
    }

    KubernetesClient client() {
        synchronized (this) {
            KubernetesClient open = client;
            if (open == null) {
                open = maker.get();
                client = open;
            }
            return open;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (client != null) {
                client.close();
            }
        }
        threads.close();
    }
}
