package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import dev.nightshift.plan.ApiToken;
import dev.nightshift.run.RunId;
import dev.nightshift.view.ApiDocuments;
import dev.nightshift.view.Documents;
import dev.nightshift.view.GuardDocuments;
import dev.nightshift.view.Json;
import dev.nightshift.view.StatusView;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What can be read of one database and its runs. */
final class Reads {

    private static final Duration AS_IT_MOVES = Duration.ofSeconds(1);
    private static final Duration SLOWLY = Duration.ofSeconds(5);
    private static final Duration ONCE = Duration.ofMinutes(1);
    private static final int MOST = 500;
    private static final int MOST_READINGS = 10_000;
    /** Of the year 9999: later ones, and those before 1970, say as much and are more than a database can compare. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Feeds feeds;
    private final Streams streams;
    private final String guards = Json.line(GuardDocuments.list());

    Reads(Feeds feeds, Streams streams) {
        this.feeds = feeds;
        this.streams = streams;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/runs/{database}/{run}", request -> status(request, "status", Documents::status)),
                Endpoint.get("/runs/{database}/{run}/steps", request -> status(request, "steps", ApiDocuments::steps)),
                Endpoint.get("/runs/{database}/{run}/events", this::history),
                Endpoint.get("/runs/{database}/{run}/readings", this::readings),
                Endpoint.get("/runs/{database}/{run}/summary", this::summary),
                Endpoint.get("/runs/{database}/{run}/plan", this::plan),
                Endpoint.get("/backups", this::backups),
                Endpoint.get("/events", this::events),
                Endpoint.get("/guards", request -> Future.succeededFuture(Reply.ok(guards))),
                Endpoint.get("/token", request -> Future.succeededFuture(token(request.bearer()))));
    }

    private static Reply token(ApiToken bearer) {
        return Reply.ok(
                Json.line(ApiDocuments.token(bearer.name(), bearer.role().word())));
    }

    private Future<Reply> status(Request request, String what, Function<StatusView, Map<String, Object>> document) {
        Optional<RunId> run = request.run();
        return found(
                request,
                List.of(what, run),
                AS_IT_MOVES,
                pages -> pages.reader().status(run).map(document));
    }

    private Future<Reply> history(Request request) {
        Optional<RunId> run = request.run();
        int most = request.whole("limit", 1, MOST).orElse(50L).intValue();
        return found(
                request,
                List.of("history", run, most),
                AS_IT_MOVES,
                pages -> pages.reader()
                        .status(run)
                        .map(StatusView::run)
                        .map(view -> Documents.history(view, pages.reader().events(view.id(), most))));
    }

    private Future<Reply> readings(Request request) {
        Optional<RunId> run = request.run();
        Instant since = request.text("since").map(Reads::instant).orElse(Instant.EPOCH);
        int most = request.whole("limit", 1, MOST_READINGS).orElse(2_000L).intValue();
        return found(
                request,
                List.of("readings", run, since, most),
                SLOWLY,
                pages -> named(pages, run)
                        .map(id -> ApiDocuments.readings(
                                id.text(), pages.chronicle().readings(id, since, most))));
    }

    private Future<Reply> summary(Request request) {
        Optional<RunId> run = request.run();
        return found(
                request,
                List.of("summary", run),
                SLOWLY,
                pages -> named(pages, run).flatMap(pages.reader()::summary).map(Documents::report));
    }

    private Future<Reply> plan(Request request) {
        Optional<RunId> run = request.run();
        Duration fresh = run.isPresent() ? ONCE : AS_IT_MOVES;
        return found(
                request,
                List.of("plan", run),
                fresh,
                pages -> named(pages, run).flatMap(pages.chronicle()::plan).map(ApiDocuments::plan));
    }

    private Future<Reply> backups(Request request) {
        int most = request.whole("limit", 1, MOST).orElse(50L).intValue();
        return feeds.ofQuery(request)
                .ask(
                        List.of("backups", most),
                        SLOWLY,
                        pages -> Reply.ok(
                                Json.line(Documents.backups(pages.reader().backups(most)))));
    }

    /** A list, or a stream to who asks for one: it goes on after the event that the client has seen last. */
    private Future<Reply> events(Request request) {
        Feed feed = feeds.ofQuery(request);
        int most = request.whole("limit", 1, MOST).orElse(100L).intValue();
        OptionalLong after = after(request);
        if (Streams.wanted(request)) {
            return Future.succeededFuture(streams.open(request, feed, after));
        }
        return feed.ask(
                List.of("events", after, most),
                AS_IT_MOVES,
                pages -> Reply.ok(Json.line(
                        ApiDocuments.events(feed.database(), pages.chronicle().events(after, most)))));
    }

    private static OptionalLong after(Request request) {
        String last = request.header("last-event-id");
        if (!last.isEmpty() && Streams.wanted(request)) {
            return OptionalLong.of(Request.number("Last-Event-ID", last, 0, Long.MAX_VALUE));
        }
        return request.whole("after", 0, Long.MAX_VALUE).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Answers with the document, or that there is no such run. */
    private Future<Reply> found(
            Request request, Object key, Duration fresh, Function<Pages, Optional<Map<String, Object>>> document) {
        Feed feed = feeds.ofPath(request);
        Future<Optional<Reply>> answer = feed.ask(
                key, fresh, pages -> document.apply(pages).map(Json::line).map(Reply::ok));
        return answer.map(reply -> reply.orElseThrow(() -> request.noRun().raised()));
    }

    private static Optional<RunId> named(Pages pages, Optional<RunId> run) {
        return pages.reader().status(run).map(view -> view.run().id());
    }

    private static Instant instant(String text) {
        try {
            // Whoever draws the last hour asks for another instant each time: they shall share an answer.
            long second = Instant.parse(text).getEpochSecond() / 10 * 10;
            return Instant.ofEpochSecond(Math.max(0, Math.min(LAST_SECOND, second)));
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("'since': expected an instant such as 2026-03-02T01:31:14Z")
                    .raised();
        }
    }
}
