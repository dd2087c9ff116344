package dev.nightshift.http.api;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.run.RunId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a request asks for, as checked values; what is not right is raised as a {@link Problem}. */
record Request(RoutingContext context) {

    private static final String BEARER = "bearer";
    /** Instead of a run's id: the active run, else the newest. */
    private static final String CURRENT = "current";

    void setBearer(ApiToken token) {
        context.put(BEARER, token);
    }

    ApiToken bearer() {
        return Objects.requireNonNull(context.<ApiToken>get(BEARER), "the gate lets nobody else in");
    }

    /** The address it came from. */
    String from() {
        HttpServerRequest request = context.request();
        return request.remoteAddress() == null
                ? "unknown"
                : request.remoteAddress().hostAddress();
    }

    String header(String name) {
        return Optional.ofNullable(context.request().getHeader(name)).orElse("");
    }

    String path(String name) {
        return Optional.ofNullable(context.pathParam(name)).orElse("");
    }

    /** The run of the path; empty for the current one. */
    Optional<RunId> run() {
        String text = path("run");
        if (text.equals(CURRENT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunId(text));
        } catch (IllegalArgumentException e) {
            throw noRun().raised();
        }
    }

    Problem noRun() {
        return Problem.notFound("there is no run '" + path("run") + "' in database '" + path("database") + "'");
    }

    /** A parameter of the query. */
    Optional<String> text(String name) {
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            throw Problem.badRequest("'" + name + "' is given " + values.size() + " times")
                    .raised();
        }
        return values.stream().findFirst();
    }

    Optional<Long> whole(String name, long least, long most) {
        return text(name).map(text -> number(name, text, least, most));
    }

    static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for one that is out of bounds.
        }
        throw Problem.badRequest("'" + name + "': expected a whole number from " + least + " to " + most)
                .raised();
    }

    /** As a segment of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonObject body() {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            throw Problem.badRequest("the body is no JSON object").raised();
        }
        throw Problem.badRequest("the body is empty").raised();
    }
}
