package dev.nightshift.http.page;

import dev.nightshift.http.api.ApiServer;
import dev.nightshift.http.api.Book;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The API and its page on a free port, with one token for each role. */
final class NightServer implements AutoCloseable {

    private static final Map<Role, String> NAMES =
            Map.of(Role.VIEWER, "vic", Role.OPERATOR, "ann", Role.APPROVER, "eve");

    private final Vertx vertx = Vertx.vertx();
    private final Path tokens;
    private final ApiServer server;
    private boolean closed;

    NightServer(Path directory, Book... books) {
        tokens = directory.resolve("tokens.yaml");
        allow(Role.values());
        ApiSettings settings = new ApiSettings(0, "127.0.0.1", Optional.empty(), tokens, false);
        server = ApiServer.listen(vertx, settings, List.of(books), System::nanoTime, text -> {});
    }

    /** From now on, or from when the file is read again, only these have a token. */
    void allow(Role... roles) {
        String lines = Arrays.stream(roles)
                .map(role ->
                        new ApiToken(NAMES.getOrDefault(role, ""), role, ApiToken.hash(secret(role))).line() + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(tokens, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String secret(Role role) {
        return "the secret of " + role.word();
    }

    String base() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
