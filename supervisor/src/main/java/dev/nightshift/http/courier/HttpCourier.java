package dev.nightshift.http.courier;

import dev.nightshift.announce.Answer;
import dev.nightshift.announce.Courier;
import dev.nightshift.http.client.Trust;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.view.Json;
import dev.nightshift.view.Notification;
import dev.nightshift.view.NotificationDocuments;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Posts messages; each receiver has threads and connections of its own, so that none waits for another's. */
public final class HttpCourier implements Courier, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_READ = 1_024;

    private final Vertx vertx;
    private final Revealed revealed;
    private final Supplier<Instant> now;
    private final Map<Receiver, Way> ways = new ConcurrentHashMap<>();

    /** How one receiver is reached. */
    private record Way(HttpClient client, ExecutorService threads) {}

    /** A request, and where it goes, which no words may show. */
    private record Letter(HttpRequest request, String url) {}

    public HttpCourier(Vertx vertx, Map<String, String> environment, Supplier<Instant> now) {
        this.vertx = vertx;
        this.revealed = new Revealed(environment);
        this.now = now;
    }

    /**
     * Looks whether everything is there that sending needs; nothing is sent.
     *
     * @throws Permanent when it is not
     */
    public void check(Receiver receiver) {
        try {
            letter(receiver, Notification.test("check", now.get(), "nightshift"));
            way(receiver);
        } catch (Revealed.Refusal e) {
            throw new Permanent(
                    new Explanation(
                            "receiver " + receiver.name() + " cannot be told anything: " + e.getMessage(),
                            "looking whom to tell what happens",
                            Explanation.NOTHING_CHANGED,
                            "put it right, then: nightshift notify test --settings FILE --receiver " + receiver.name()),
                    e);
        }
    }

    @Override
    public Future<Answer> send(Receiver receiver, Notification message) {
        return Future.fromCompletionStage(sent(receiver, message), vertx.getOrCreateContext())
                .transform(sent ->
                        Future.succeededFuture(sent.succeeded() ? sent.result() : Reception.of(sent.cause(), ANSWER)));
    }

    private CompletableFuture<Answer> sent(Receiver receiver, Notification message) {
        Way way;
        try {
            way = way(receiver);
        } catch (Revealed.Refusal e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.supplyAsync(() -> letter(receiver, message), way.threads())
                .thenCompose(letter -> post(way.client(), letter));
    }

    private CompletableFuture<Answer> post(HttpClient client, Letter letter) {
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(letter.request(), head -> new FirstBytes(MOST_READ));
        return exchange.copy()
                .orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .thenApply(answer -> Reception.of(answer, letter.url(), now.get()));
    }

    private Letter letter(Receiver receiver, Notification message) {
        String url = revealed.of(receiver.url());
        byte[] body = Json.line(NotificationDocuments.of(message, receiver)).getBytes(StandardCharsets.UTF_8);
        long second = now.get().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder(address(receiver, url))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER)
                .header("content-type", "application/json")
                .header("user-agent", "nightshift")
                .header("idempotency-key", message.id())
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(second));
        receiver.secret()
                .map(secret -> Signature.with(revealed.of(secret)))
                .ifPresent(with -> request.header("webhook-signature", with.of(message.id(), second, body)));
        return new Letter(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), url);
    }

    private static URI address(Receiver receiver, String url) {
        try {
            return Receiver.address(url);
        } catch (IllegalArgumentException e) {
            throw new Revealed.Refusal(receiver.url() + ": " + e.getMessage());
        }
    }

    private Way way(Receiver receiver) {
        return ways.computeIfAbsent(receiver, HttpCourier::made);
    }

    private static Way made(Receiver receiver) {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "notify/" + receiver.name());
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
        receiver.authority().ifPresent(file -> {
            try {
                client.sslContext(Trust.of(file));
            } catch (IOException | GeneralSecurityException e) {
                threads.shutdown();
                throw new Revealed.Refusal("the certificates in " + file + " cannot be read");
            }
        });
        return new Way(client.build(), threads);
    }

    @Override
    public void close() {
        ways.values().forEach(way -> way.threads().shutdownNow());
    }
}
