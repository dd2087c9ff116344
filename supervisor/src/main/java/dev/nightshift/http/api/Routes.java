package dev.nightshift.http.api;

import dev.nightshift.http.page.Page;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Brings requests to their endpoints, and every failure into one form. */
final class Routes {

    static final long LARGEST_BODY = 64 * 1024;

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Gate gate;
    private final Page page = Page.load();
    private final Consumer<String> trouble;

    Routes(Vertx vertx, Gate gate, Consumer<String> trouble) {
        this.vertx = vertx;
        this.gate = gate;
        this.trouble = trouble;
    }

    Router of(List<Endpoint> endpoints) {
        Router router = Router.router(vertx);
        router.route().handler(Routes::guard);
        page.mount(router);
        router.route(ApiServer.ROOT + "/*").handler(gate::who);
        Map<String, List<Endpoint>> byPath = endpoints.stream()
                .collect(Collectors.groupingBy(Endpoint::route, LinkedHashMap::new, Collectors.toList()));
        byPath.forEach((path, ofPath) -> {
            ofPath.forEach(endpoint -> add(router, endpoint));
            String allowed = ofPath.stream().map(one -> one.method().name()).collect(Collectors.joining(", "));
            router.route(path).handler(context -> otherMethod(context, allowed));
        });
        router.route()
                .handler(context -> Problem.notFound("see " + ApiServer.ROOT + "/openapi.json")
                        .send(context.response()));
        router.route().failureHandler(this::failed);
        return router;
    }

    private void add(Router router, Endpoint endpoint) {
        router.route(endpoint.method(), endpoint.route()).handler(context -> Gate.may(context, endpoint.role()));
        if (endpoint.method().equals(HttpMethod.POST)) {
            router.route(endpoint.method(), endpoint.route()).handler(Routes::json);
            router.route(endpoint.method(), endpoint.route())
                    .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        }
        router.route(endpoint.method(), endpoint.route()).handler(context -> answer(context, endpoint));
    }

    /** For whatever answers: nothing is kept, guessed, framed or loaded. */
    private static void guard(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("cache-control", "no-store");
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("referrer-policy", "no-referrer");
        headers.set("x-content-type-options", "nosniff");
        context.next();
    }

    private static void otherMethod(RoutingContext context, String allowed) {
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        Problem.of(405, "other-method", "This path has no such method", "it has " + allowed)
                .send(context.response());
    }

    private static void json(RoutingContext context) {
        String type = new Request(context).header("content-type");
        String bare = type.split(";", 2)[0].strip();
        if (bare.equalsIgnoreCase(JSON)) {
            context.next();
        } else {
            Problem.of(415, "not-json", "The body is of another type", "send content-type: " + JSON)
                    .send(context.response());
        }
    }

    private void answer(RoutingContext context, Endpoint endpoint) {
        Future<Reply> reply = Future.succeededFuture(new Request(context))
                .compose(endpoint.answer())
                .timeout(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS);
        reply.onSuccess(said -> send(context, said)).onFailure(failure -> refuse(context, failure));
    }

    private static void send(RoutingContext context, Reply reply) {
        if (!reply.equals(Reply.STREAMED)
                && !context.response().headWritten()
                && !context.response().closed()) {
            reply.location().ifPresent(where -> context.response().putHeader(HttpHeaders.LOCATION, where));
            context.response()
                    .setStatusCode(reply.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(reply.json());
        }
    }

    private void refuse(RoutingContext context, Throwable failure) {
        Problem problem = failure instanceof TimeoutException ? Problem.LATE : Problem.of(failure);
        if (problem.status() == 500) {
            trouble.accept("a request met a defect: " + failure);
        }
        problem.send(context.response());
    }

    /** What the router itself has to say: a body that is too large, a path that cannot be read, a defect. */
    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        switch (context.statusCode()) {
            case 400 -> Problem.UNREADABLE.send(context.response());
            case 413 ->
                Problem.of(413, "too-large", "The body is too large", "it may have " + LARGEST_BODY + " bytes")
                        .send(context.response());
            default -> refuse(context, failure == null ? new IllegalStateException("no reason") : failure);
        }
    }
}
