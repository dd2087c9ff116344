package dev.nightshift.http.api;

import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a free port with one token for each role, and somebody who asks it. */
final class ApiClient implements AutoCloseable {

    final FakeBook shop = new FakeBook("shop");
    final FakeBook other = new FakeBook("shop-eu");
    final AtomicLong nanos = new AtomicLong();
    final List<String> troubles = new ArrayList<>();
    final Path tokens;
    final ApiServer server;
    final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    ApiClient(Path directory) {
        this(directory, false);
    }

    ApiClient(Path directory, boolean alertsAbort) {
        try {
            tokens = directory.resolve("tokens.yaml");
            Files.writeString(tokens, line(Role.VIEWER) + line(Role.OPERATOR) + line(Role.APPROVER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ApiSettings settings = new ApiSettings(0, "127.0.0.1", Optional.empty(), tokens, alertsAbort);
        server = ApiServer.listen(vertx, settings, List.of(shop, other), nanos::get, troubles::add);
    }

    static String secret(Role role) {
        return "the secret of a " + role.word();
    }

    static String line(Role role) {
        return new ApiToken(role.word(), role, ApiToken.hash(secret(role))).line() + "\n";
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET(), Optional.of(secret(Role.VIEWER)));
    }

    HttpResponse<String> get(String path, Optional<String> secret) {
        return send(to(path).GET(), secret);
    }

    HttpResponse<String> post(String path, Role role, String body) {
        HttpRequest.Builder request =
                to(path).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, Optional.of(secret(role)));
    }

    JsonObject json(String path) {
        return new JsonObject(get(path).body());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + ApiServer.ROOT + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request, Optional<String> secret) {
        secret.ifPresent(one -> request.header("authorization", "Bearer " + one));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
