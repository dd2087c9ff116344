package dev.nightshift.http.api;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong with a request, as Problem Details (RFC 9457).
 *
 * @param more further members, after the standard ones
 */
record Problem(int status, String type, String title, String detail, Map<String, Object> more) {

    static final Problem BUSY = of(429, "busy", "Too many different questions", "ask the same thing again in a second")
            .after(Duration.ofSeconds(1));

    static final Problem LATE =
            of(503, "late", "The database is late", "it did not answer in time").after(Duration.ofSeconds(2));

    /** As the router says it, at once or when a parameter is asked for. */
    static final Problem UNREADABLE = badRequest("the path, the query or the body cannot be read");

    Problem {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail, Map.of());
    }

    static Problem badRequest(String detail) {
        return of(400, "bad-request", "The request is not written correctly", detail);
    }

    static Problem notFound(String detail) {
        return of(404, "not-found", "There is no such thing", detail);
    }

    /** With what a person is told besides: what state things are in, and what to do. */
    static Problem of(int status, String type, String title, Explanation why) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("doing", why.doing());
        more.put("state", why.state());
        more.put("todo", why.todo());
        return new Problem(status, type, title, why.what(), more);
    }

    /** What a failure means to whoever asked; a defect says nothing of itself. */
    static Problem of(Throwable failure) {
        if (failure instanceof Raised raised) {
            return raised.problem;
        }
        if (failure instanceof HttpException refused && refused.getStatusCode() == UNREADABLE.status()) {
            return UNREADABLE;
        }
        if (failure instanceof Transient trouble) {
            return of(503, "database-away", "The database does not answer", trouble.explanation())
                    .after(Duration.ofSeconds(2));
        }
        if (failure instanceof Trouble trouble) {
            return of(502, "database-refuses", "The database refuses", trouble.explanation());
        }
        return of(500, "defect", "Nightshift met a defect of its own", "its log has more");
    }

    /** When it is worth asking again. */
    Problem after(Duration pause) {
        return with("retryAfter", Math.max(1, (pause.toMillis() + 999) / 1000));
    }

    /** With one more member. */
    Problem with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(status, type, title, detail, all);
    }

    Raised raised() {
        return new Raised(this);
    }

    void send(HttpServerResponse response) {
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "urn:nightshift:problem:" + type);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        document.putAll(more);
        if (more.containsKey("retryAfter")) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(more.get("retryAfter")));
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(Json.line(document));
    }

    /** A problem on its way to whoever asked. */
    static final class Raised extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        private Raised(Problem problem) {
            super(problem.detail, null, false, false);
            this.problem = problem;
        }
    }
}
