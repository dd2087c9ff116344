package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code serve} that looks after one database, called {@code shop}, and the API that it serves to somebody who may do anything. */
record Served(Nightshift process, String root) {

    static final String SECRET = "secret";

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/api/v1");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Served start(Night night, Path directory) {
        Nightshift serve = night.nightshift("serve", settings(night, directory).toString());
        Night.await("the API", () -> PORT.matcher(serve.output()).find() || !serve.isAlive());
        Matcher port = PORT.matcher(serve.output());
        assertThat(port.find()).as(serve.output()).isTrue();
        return new Served(serve, port.group());
    }

    private static Path settings(Night night, Path directory) {
        try {
            Path file = directory.resolve("serve.yaml");
            if (!Files.exists(file)) {
                String token = new ApiToken("ann", Role.APPROVER, ApiToken.hash(SECRET)).line();
                Files.writeString(directory.resolve("tokens.yaml"), token);
                String url = night.primary().migrator().url();
                Files.writeString(
                        file, "databases: [{name: shop, url: \"" + url + "\"}]\napi: {port: 0, tokens: tokens.yaml}\n");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its lease calls it. */
    String holder() {
        return "serve " + process.pid();
    }

    JsonObject get(String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path)).GET());
    }

    JsonObject post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(root + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonObject send(HttpRequest.Builder request) {
        try {
            HttpRequest whole =
                    request.header("authorization", "Bearer " + SECRET).build();
            return new JsonObject(
                    HTTP.send(whole, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
