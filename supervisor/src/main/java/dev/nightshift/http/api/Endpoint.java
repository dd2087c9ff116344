package dev.nightshift.http.api;

import dev.nightshift.plan.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.function.Function;

/**
 * One method of one path, who may use it, and what it does.
 *
 * @param path as the OpenAPI document writes it, below {@link ApiServer#ROOT}: {@code /runs/{database}/{run}}
 * @param answer fails with what {@link Problem#of(Throwable)} understands
 * @param patience how long it is waited for
 */
record Endpoint(HttpMethod method, String path, Role role, Function<Request, Future<Reply>> answer, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static Endpoint get(String path, Function<Request, Future<Reply>> answer) {
        return new Endpoint(HttpMethod.GET, path, Role.VIEWER, answer, PATIENCE);
    }

    static Endpoint post(String path, Role role, Function<Request, Future<Reply>> answer) {
        return new Endpoint(HttpMethod.POST, path, role, answer, PATIENCE);
    }

    /** One whose answer may take longer. */
    Endpoint within(Duration longest) {
        return new Endpoint(method, path, role, answer, longest);
    }

    /** As the router writes it. */
    String route() {
        return ApiServer.ROOT + path.replace('{', ':').replace("}", "");
    }
}
