package dev.nightshift.http.api;

import dev.nightshift.http.token.TokenFile;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Serves the API, on the event loop of a Vert.x of its own: whoever reads slowly must never keep a tick waiting. */
public final class ApiServer {

    /** Where every path begins. */
    public static final String ROOT = "/api/v1";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long FILES_MILLIS = 2_000;
    /** A connection on which nothing moves; an event stream moves every quarter of a minute. */
    private static final int IDLE_SECONDS = 60;

    private static final int LONGEST_LINE = 4_096;
    private static final int LONGEST_HEADERS = 16_384;

    private final Context loop;
    private final HttpServer server;
    private final Feeds feeds;

    private ApiServer(Context loop, HttpServer server, Feeds feeds) {
        this.loop = loop;
        this.server = server;
        this.feeds = feeds;
    }

    /**
     * Begins to listen.
     *
     * @param trouble told what goes wrong later, in one sentence each
     * @throws Permanent when it cannot
     */
    public static ApiServer listen(
            Vertx vertx, ApiSettings settings, List<Book> books, LongSupplier nanos, Consumer<String> trouble) {
        TokenFile tokens = TokenFile.open(settings.tokens(), trouble);
        Routes routes = new Routes(vertx, new Gate(tokens::bearers, nanos), trouble);
        Feeds feeds = new Feeds(books, nanos);
        List<Endpoint> endpoints = Endpoints.all(
                feeds, new Streams(vertx, tokens::bearers), new AlertDesk(feeds, settings.alertsAbort(), trouble));
        Optional<PemFiles> pem = settings.tls().map(PemFiles::new);
        HttpServer server = vertx.createHttpServer(options(pem)).requestHandler(routes.of(endpoints));
        await(server.listen(settings.port(), settings.address()), settings);
        vertx.setPeriodic(
                FILES_MILLIS,
                id -> vertx.executeBlocking(() -> {
                            tokens.lookAgain();
                            return pem.filter(PemFiles::isRenewed);
                        })
                        .onSuccess(renewed -> renewed.ifPresent(files -> server.updateSSLOptions(files.renewed(), true)
                                .onFailure(e ->
                                        trouble.accept("the new certificate cannot be served: " + e.getMessage())))));
        return new ApiServer(vertx.getOrCreateContext(), server, feeds);
    }

    private static void await(Future<HttpServer> listening, ApiSettings settings) {
        try {
            listening.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw refused(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(settings, e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** Serves one more database; from any thread. */
    public Future<Void> add(Book book) {
        return onLoop(() -> {
            feeds.add(book);
            return Future.succeededFuture();
        });
    }

    /** Serves a database no longer; from any thread. */
    public Future<Void> remove(String database) {
        return onLoop(() -> feeds.remove(database));
    }

    private Future<Void> onLoop(Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(v -> work.get().onComplete(done));
        return done.future();
    }

    /** Ends every connection, then gives those to the databases back. */
    public Future<Void> close() {
        return server.close().transform(v -> onLoop(feeds::close));
    }

    private static HttpServerOptions options(Optional<PemFiles> pem) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setHandle100ContinueAutomatically(false);
        pem.ifPresent(files -> options.setSsl(true).setKeyCertOptions(files.options()));
        return options;
    }

    private static Permanent refused(ApiSettings settings, Exception cause) {
        Throwable why = cause.getCause() == null ? cause : cause.getCause();
        return new Permanent(
                new Explanation(
                        "the API cannot listen on " + settings.address() + " port " + settings.port() + ": "
                                + why.getMessage(),
                        "starting the API",
                        Explanation.NOTHING_CHANGED,
                        "look at `api` in the settings: port, address and the files of `tls`"),
                cause);
    }
}
