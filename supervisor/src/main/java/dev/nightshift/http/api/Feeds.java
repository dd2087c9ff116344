package dev.nightshift.http.api;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The databases that are served, by their names in the settings; used from one event loop. */
final class Feeds {

    private final Map<String, Feed> byName = new LinkedHashMap<>();

    private final LongSupplier nanos;

    Feeds(List<Book> books, LongSupplier nanos) {
        this.nanos = nanos;
        books.forEach(this::add);
    }

    void add(Book book) {
        byName.put(book.database(), new Feed(book, nanos));
    }

    /** Answers with nothing of it any more, and gives its connection back. */
    Future<Void> remove(String database) {
        Feed gone = byName.remove(database);
        return gone == null ? Future.succeededFuture() : gone.close();
    }

    Future<Void> close() {
        return Future.join(
                        List.copyOf(byName.values()).stream().map(Feed::close).toList())
                .mapEmpty();
    }

    Collection<Feed> all() {
        return byName.values();
    }

    /** The one that the path names. */
    Feed ofPath(Request request) {
        return named(request.path("database"));
    }

    /** The one that the query names; it need not where only one is served. */
    Feed ofQuery(Request request) {
        return request.text("database").map(this::named).orElseGet(this::only);
    }

    private Feed named(String name) {
        Feed feed = byName.get(name);
        if (feed == null) {
            throw Problem.notFound("no database '" + name + "' is served here").raised();
        }
        return feed;
    }

    private Feed only() {
        if (byName.size() > 1) {
            throw Problem.badRequest("'database' is missing: " + byName.size() + " are served here")
                    .raised();
        }
        return byName.values().stream()
                .findFirst()
                .orElseThrow(
                        () -> Problem.notFound("no database is served here").raised());
    }
}
