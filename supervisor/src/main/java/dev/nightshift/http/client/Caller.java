package dev.nightshift.http.client;

import dev.nightshift.cli.CommandPorts;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.view.NotAllowed;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Sends requests to the API, on a thread that may block; what does not work is told in the server's words. */
final class Caller {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final String DOING = "asking the server";

    private final CommandPorts.Server server;
    private final HttpClient http;

    Caller(CommandPorts.Server server) {
        this.server = server;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        server.authority().ifPresent(file -> builder.sslContext(trusting(file)));
        this.http = builder.build();
    }

    /** Empty when there is no such thing. */
    Optional<JsonObject> get(String path) {
        HttpResponse<String> answer = send(request(path).GET().build());
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(document(answer));
    }

    /** Sent again when the answer was lost: the key sees to it that it is carried out once. */
    JsonObject post(String path, String key, JsonObject body) {
        return post(path, key, body, ANSWER);
    }

    /** As {@link #post(String, String, JsonObject)}, for what may take longer. */
    JsonObject post(String path, String key, JsonObject body, Duration patience) {
        HttpRequest request = request(path)
                .timeout(patience)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        try {
            return document(send(request));
        } catch (Transient lost) {
            return document(send(request));
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Permanent refused(String what, String todo) {
        return new Permanent(new Explanation(what, DOING, Explanation.NOTHING_CHANGED, todo));
    }

    static Transient away(String what) {
        return new Transient(new Explanation(what, DOING, Explanation.NOTHING_CHANGED, "try again in a moment"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.root() + "/api/v1" + path))
                .timeout(ANSWER)
                .header("authorization", "Bearer " + server.token());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new Transient(
                    new Explanation(
                            "the server " + server.root() + " does not answer: " + why,
                            DOING,
                            "as the journal has it",
                            "try again; without a server: --database URL speaks to the database itself"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transient(new Explanation("interrupted", DOING, "as the journal has it", "try again"), e);
        }
    }

    private static JsonObject document(HttpResponse<String> answer) {
        JsonObject document;
        try {
            document = new JsonObject(answer.body());
        } catch (DecodeException e) {
            throw refused(
                    "what answers there is no Nightshift: status " + answer.statusCode(),
                    "look at the URL of --server; it ends before /api/v1");
        }
        if (answer.statusCode() < 300) {
            return document;
        }
        throw failure(answer.statusCode(), document);
    }

    private static RuntimeException failure(int status, JsonObject problem) {
        Explanation why = new Explanation(
                problem.getString("detail", "status " + status),
                problem.getString("doing", DOING),
                problem.getString("state", Explanation.NOTHING_CHANGED),
                problem.getString("todo", todo(status)));
        if (problem.getString("type", "").endsWith("wrong-state")) {
            return new NotAllowed(why);
        }
        boolean passing = status == 429 || status == 503;
        return passing ? new Transient(why) : new Permanent(why);
    }

    private static String todo(int status) {
        return switch (status) {
            case 401 -> "set NIGHTSHIFT_TOKEN to a token that the server knows";
            case 403 -> "use the token of somebody who may, or ask them";
            case 429, 503 -> "try again in a moment";
            default -> "look at what was asked";
        };
    }

    private static SSLContext trusting(Path file) {
        try {
            return Trust.of(file);
        } catch (IOException | GeneralSecurityException e) {
            throw refused(
                    "the certificates in " + file + " cannot be read: " + e.getMessage(),
                    "let NIGHTSHIFT_SERVER_CA name a PEM file of the authority");
        }
    }
}
