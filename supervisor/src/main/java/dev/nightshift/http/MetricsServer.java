package dev.nightshift.http;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Serves {@code /metrics}, {@code /livez} and {@code /readyz}. Liveness rests on the event loop alone: a database that
 * stands still must not get its supervisor killed.
 */
public final class MetricsServer implements AutoCloseable {

    private static final long BEAT_MILLIS = 1_000;
    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Exposed exposed;
    private final LongSupplier nanos;
    private final HttpServer server;
    private final long timer;
    private volatile long beatAt;

    private MetricsServer(Vertx vertx, Exposed exposed, LongSupplier nanos) {
        this.vertx = vertx;
        this.exposed = exposed;
        this.nanos = nanos;
        this.beatAt = nanos.getAsLong();
        this.server = vertx.createHttpServer().requestHandler(this::answer);
        this.timer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
    }

    /**
     * Listens on all addresses. The beat is that of the calling thread's event loop: call it from the thread that begins
     * the supervision.
     *
     * @param port 0 for a free one
     * @throws Permanent when the port cannot be listened on
     */
    public static MetricsServer listen(Vertx vertx, int port, Exposed exposed, LongSupplier nanos) {
        Context loop = vertx.getOrCreateContext();
        MetricsServer server = new MetricsServer(vertx, exposed, nanos);
        try {
            server.server
                    .listen(port)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw refused(port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(port, e);
        }
        loop.runOnContext(v -> server.beat());
        return server;
    }

    public int port() {
        return server.actualPort();
    }

    private void beat() {
        beatAt = nanos.getAsLong();
        exposed.beat();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("content-type", "text/plain; charset=utf-8");
        switch (request.path() == null ? "" : request.path()) {
            case "/metrics" ->
                response.putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(exposed.metrics());
            case "/livez" -> state(response, isAlive(), "the loop stands still");
            case "/readyz" ->
                state(response, exposed.isReady(), "no run is supervised, or its database does not answer");
            default -> response.setStatusCode(404).end("see /metrics, /livez, /readyz\n");
        }
    }

    private boolean isAlive() {
        return nanos.getAsLong() - beatAt < ALIVE.toNanos();
    }

    private static void state(HttpServerResponse response, boolean good, String otherwise) {
        response.setStatusCode(good ? 200 : 503).end(good ? "ok\n" : otherwise + "\n");
    }

    private static Permanent refused(int port, Exception cause) {
        return new Permanent(
                new Explanation(
                        "port " + port + " cannot be listened on: " + cause.getMessage(),
                        "starting the metrics server",
                        Explanation.NOTHING_CHANGED,
                        "name another port, or 0 for a free one"),
                cause);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        server.close();
    }
}
