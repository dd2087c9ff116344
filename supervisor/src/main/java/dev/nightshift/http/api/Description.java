package dev.nightshift.http.api;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The OpenAPI document: {@code openapi.json}, as it lies beside this class. */
final class Description {

    private static final String FILE = "openapi.json";

    private final Reply reply = Reply.ok(text());

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/" + FILE, request -> Future.succeededFuture(reply)));
    }

    static String text() {
        try (InputStream file = Description.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the program was built without " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
