package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.view.ApiDocuments;
import dev.nightshift.view.Beforehand;
import dev.nightshift.view.Chronicle.IntentView;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Json;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.WorkStop;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes people's commands down, as the commands of the terminal do, and says what came of them. */
final class IntentDesk {

    private final Feeds feeds;

    IntentDesk(Feeds feeds) {
        this.feeds = feeds;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/runs/{database}/{run}/intents", Role.OPERATOR, this::ask),
                Endpoint.get("/intents/{database}/{number}", this::outcome));
    }

    private Future<Reply> ask(Request request) {
        Feed feed = feeds.ofPath(request);
        Optional<RunId> run = request.run();
        Wish wish = Wish.read(request);
        return feed.askNow(pages -> {
                    StatusView view = pages.reader()
                            .status(run)
                            .orElseThrow(() -> request.noRun().raised());
                    if (!request.bearer().role().covers(wish.role())) {
                        Problem refusal = Gate.refusal(request.bearer().role(), wish.role());
                        pages.intents().refused(wish.of(view.run().id()), refusal.detail());
                        throw refusal.raised();
                    }
                    return write(feed.database(), pages, view, wish);
                })
                .onSuccess(reply -> feed.forget());
    }

    private Future<Reply> outcome(Request request) {
        Feed feed = feeds.ofPath(request);
        long number = Request.number("number", request.path("number"), 1, Long.MAX_VALUE);
        return feed.<Optional<Reply>>askNow(pages -> pages.chronicle()
                        .intent(number)
                        .map(intent -> Reply.ok(Json.line(ApiDocuments.intent(feed.database(), intent)))))
                .map(reply -> reply.orElseThrow(() -> Problem.notFound(
                                "there is no command " + number + " in database '" + feed.database() + "'")
                        .raised()));
    }

    private static Reply write(String database, Pages pages, StatusView view, Wish wish) {
        Optional<String> key =
                wish.key().map(word -> "api/" + wish.who() + "/" + view.run().id() + "/" + word);
        Optional<IntentView> before = key.flatMap(pages.chronicle()::intentOf);
        if (before.isPresent()) {
            return repeated(database, before.get(), wish);
        }
        Beforehand found = Beforehand.of(wish.kind(), wish.immediate(), wish.who(), view);
        if (found instanceof Beforehand.Refused refused) {
            pages.intents().refused(wish.of(view.run().id()), refused.why().what());
            throw Problem.of(409, "wrong-state", "The run's state does not allow this", refused.why())
                    .raised();
        }
        if (found instanceof Beforehand.Already already) {
            return already(database, view, wish, already);
        }
        Intents.Asked asked = wish.of(view.run().id());
        long number = key.map(word -> pages.intents().askOnce(asked, word))
                .orElseGet(() -> pages.intents().ask(asked));
        if (wish.kind() == Intent.Kind.ABORT) {
            WorkStop.onAbort(pages.intents(), view, wish.immediate());
        }
        return accepted(database, pages.chronicle().intent(number).orElseThrow());
    }

    /** The same command again is answered as before; another one under its key is a mistake of the client. */
    private static Reply repeated(String database, IntentView before, Wish wish) {
        if (!before.kind().equals(wish.word()) || before.immediate() != wish.immediate()) {
            throw Problem.of(
                            422,
                            "key-used",
                            "The key was used for another command",
                            "command " + before.number() + " is a " + before.kind() + "; use a new Idempotency-Key")
                    .raised();
        }
        return accepted(database, before);
    }

    private static Reply accepted(String database, IntentView intent) {
        String where = ApiServer.ROOT + "/intents/" + Request.encoded(database) + "/" + intent.number();
        return Reply.accepted(Json.line(ApiDocuments.intent(database, intent)), where);
    }

    /** Nothing is written: what is asked for holds. */
    private static Reply already(String database, StatusView view, Wish wish, Beforehand.Already already) {
        Map<String, Object> document = Documents.of("NothingToDo");
        document.put("database", database);
        document.put("run", view.run().id().text());
        document.put("command", wish.word());
        document.put("outcome", already.how());
        return Reply.ok(Json.line(document));
    }
}
