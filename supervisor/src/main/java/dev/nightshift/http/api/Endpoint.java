package dev.nightshift.http.api;

import dev.nightshift.plan.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * One method of one path, who may use it, and what it does.
 *
 * @param path as the OpenAPI document writes it, below {@link ApiServer#ROOT}: {@code /runs/{database}/{run}}
 * @param answer fails with what {@link Problem#of(Throwable)} understands
 */
record Endpoint(HttpMethod method, String path, Role role, Function<Request, Future<Reply>> answer) {

    static Endpoint get(String path, Function<Request, Future<Reply>> answer) {
        return new Endpoint(HttpMethod.GET, path, Role.VIEWER, answer);
    }

    static Endpoint post(String path, Role role, Function<Request, Future<Reply>> answer) {
        return new Endpoint(HttpMethod.POST, path, role, answer);
    }

    /** As the router writes it. */
    String route() {
        return ApiServer.ROOT + path.replace('{', ':').replace("}", "");
    }
}
