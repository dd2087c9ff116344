package dev.nightshift.http.api;

import dev.nightshift.view.ApiDocuments;
import dev.nightshift.view.Json;
import dev.nightshift.view.SchemaWish;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** How far a database is on its way to a version of its schema, for those who wait for it. */
final class SchemaReads {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Feeds feeds;

    SchemaReads(Feeds feeds) {
        this.feeds = feeds;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/schema/{database}/{version}", this::mark));
    }

    private Future<Reply> mark(Request request) {
        SchemaWish wish = wish(request);
        return feeds.ofPath(request)
                .ask(
                        wish,
                        FRESH,
                        pages -> Reply.ok(
                                Json.line(ApiDocuments.schema(pages.milestones().schema(wish)))));
    }

    private static SchemaWish wish(Request request) {
        try {
            return SchemaWish.of(
                    request.path("version"), request.text("history").orElse(SchemaWish.TABLE));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).raised();
        }
    }
}
