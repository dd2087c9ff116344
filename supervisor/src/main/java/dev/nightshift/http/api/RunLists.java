package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunState;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunView;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All databases at once: how each is doing, and their runs. A database that does not answer is named, not waited for. */
final class RunLists {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST = 500;

    private final Feeds feeds;

    RunLists(Feeds feeds) {
        this.feeds = feeds;
    }

    /** A run with its document, which is written once however often it is listed. */
    private record Listed(RunView run, String json) {}

    /** The runs of one database, the newest first; empty when it does not answer. */
    private record Shelf(String database, Optional<List<Listed>> runs) {}

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/databases", this::databases), Endpoint.get("/runs", this::runs));
    }

    private Future<Reply> databases(Request request) {
        return shelves(feeds.all().stream().toList()).map(shelves -> {
            Map<String, Object> document = Documents.of("DatabaseList");
            document.put("databases", shelves.stream().map(RunLists::database).toList());
            return Reply.ok(Json.line(document));
        });
    }

    private static Map<String, Object> database(Shelf shelf) {
        Optional<RunView> active = shelf.runs()
                .flatMap(runs -> runs.stream()
                        .map(Listed::run)
                        .filter(run -> run.endedAt().isEmpty() && !(run.state() instanceof Planned))
                        .findFirst());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", shelf.database());
        fields.put("answers", shelf.runs().isPresent());
        fields.put("activeRun", active.map(run -> run.id().text()));
        fields.put("state", active.map(RunView::state).map(RunState::word));
        return fields;
    }

    private Future<Reply> runs(Request request) {
        List<Feed> asked =
                request.text("database").isPresent() ? List.of(feeds.ofQuery(request)) : List.copyOf(feeds.all());
        int most = request.whole("limit", 1, MOST).orElse(50L).intValue();
        Predicate<RunView> wanted = wanted(request);
        return shelves(asked).map(shelves -> Reply.ok(list(shelves, wanted, most)));
    }

    private static Predicate<RunView> wanted(Request request) {
        Optional<String> plan = request.text("plan");
        Optional<String> state = request.text("state");
        return run -> plan.map(run.plan()::equals).orElse(true)
                && state.map(run.state().word()::equals).orElse(true);
    }

    private static String list(List<Shelf> shelves, Predicate<RunView> wanted, int most) {
        String runs = shelves.stream()
                .flatMap(shelf -> shelf.runs().stream().flatMap(List::stream))
                .filter(listed -> wanted.test(listed.run()))
                .sorted(Comparator.<Listed, Instant>comparing(
                                listed -> listed.run().createdAt())
                        .reversed())
                .limit(most)
                .map(Listed::json)
                .collect(Collectors.joining(",", "[", "]"));
        List<String> away = shelves.stream()
                .filter(shelf -> shelf.runs().isEmpty())
                .map(Shelf::database)
                .toList();
        Map<String, Object> head = Documents.of("RunList");
        head.put("away", away);
        String open = Json.line(head);
        return open.substring(0, open.length() - 1) + ",\"runs\":" + runs + "}";
    }

    private Future<List<Shelf>> shelves(List<Feed> asked) {
        List<Future<Shelf>> all = asked.stream().map(RunLists::shelf).toList();
        return Future.join(all).map(v -> all.stream().map(Future::result).toList());
    }

    private static Future<Shelf> shelf(Feed feed) {
        return feed.ask("runs", FRESH, pages -> listed(pages, feed.database()))
                .map(runs -> new Shelf(feed.database(), Optional.of(runs)))
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(new Shelf(feed.database(), Optional.empty()));
    }

    private static List<Listed> listed(Pages pages, String database) {
        List<Listed> runs = new ArrayList<>();
        for (RunView run : pages.reader().runs(MOST)) {
            Map<String, Object> fields = Documents.run(run);
            fields.put("servedAs", database);
            runs.add(new Listed(run, Json.line(fields)));
        }
        return runs;
    }
}
