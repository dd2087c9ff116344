package dev.nightshift.http.api;

import dev.nightshift.run.RunId;
import dev.nightshift.view.AuditDocuments;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.AuditTrail.Position;
import dev.nightshift.view.Json;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who decided what, page by page and always as it is now. For whoever may look: a person who checks what others decided
 * needs no right to decide anything.
 */
final class AuditDesk {

    private static final int MOST = 1_000;

    private final Feeds feeds;

    AuditDesk(Feeds feeds) {
        this.feeds = feeds;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/audit", this::page));
    }

    private Future<Reply> page(Request request) {
        Feed feed = feeds.ofQuery(request);
        AuditTrail.Wanted wanted = new AuditTrail.Wanted(
                read(request, "since", "an instant such as 2026-03-02T01:31:14Z", Instant::parse),
                read(request, "until", "an instant such as 2026-03-02T01:31:14Z", Instant::parse),
                read(request, "run", "the id of a run", RunId::new));
        Optional<Position> after = read(request, "after", "the `next` of a page", Position::parse);
        int most = request.whole("limit", 1, MOST).orElse(200L).intValue();
        return feed.askNow(pages -> Reply.ok(
                Json.line(AuditDocuments.page(feed.database(), pages.audit().page(wanted, after, most)))));
    }

    private static <T> Optional<T> read(Request request, String name, String expected, Function<String, T> read) {
        return request.text(name).map(text -> {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw Problem.badRequest("'" + name + "': expected " + expected).raised();
            }
        });
    }
}
