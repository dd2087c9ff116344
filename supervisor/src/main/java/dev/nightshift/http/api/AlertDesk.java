package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Planned;
import dev.nightshift.view.Beforehand;
import dev.nightshift.view.Chronicle.IntentView;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.WorkStop;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes Alertmanager's webhooks: an alert whose labels name an action, a database and the plan of its active run holds that
 * run, or aborts it where the settings allow that; its end lifts its own hold and nothing else. Everything else is answered
 * with why it was left alone, so that Alertmanager does not tell it again. Only a database that is away is a 5xx: then it
 * does, and what was written already is not written twice.
 */
final class AlertDesk {

    private static final String VERSION = "4";

    private final Feeds feeds;
    private final boolean mayAbort;
    private final Consumer<String> trouble;

    /** @param mayAbort whether an alert may abort a run; else it holds it */
    AlertDesk(Feeds feeds, boolean mayAbort, Consumer<String> trouble) {
        this.feeds = feeds;
        this.mayAbort = mayAbort;
        this.trouble = trouble;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/alertmanager", Role.OPERATOR, this::receive));
    }

    /** What became of one alert: the command that stands for it, or why there is none. */
    private record Taken(Alert alert, Optional<Long> number, String outcome) {

        static Taken leftAlone(Alert alert, String why) {
            return new Taken(alert, Optional.empty(), why);
        }

        Map<String, Object> document() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("fingerprint", alert.fingerprint());
            fields.put("status", alert.firing() ? "firing" : "resolved");
            fields.put("number", number);
            fields.put("outcome", outcome);
            return fields;
        }
    }

    private Future<Reply> receive(Request request) {
        List<Alert> alerts = alerts(request.body());
        String from = request.from() + " as " + request.bearer().name();
        Future<List<Taken>> all = Future.succeededFuture(new ArrayList<>());
        for (Alert alert : alerts) {
            all = all.compose(before -> take(alert, from).map(taken -> {
                before.add(taken);
                return before;
            }));
        }
        return all.map(AlertDesk::reply);
    }

    private List<Alert> alerts(JsonObject body) {
        if (!VERSION.equals(body.getValue("version"))) {
            throw Problem.badRequest("'version': expected \"4\"").raised();
        }
        if (!(body.getValue("alerts") instanceof JsonArray array)) {
            throw Problem.badRequest("'alerts': expected a list").raised();
        }
        if (body.getValue("truncatedAlerts") instanceof Number left && left.longValue() > 0) {
            trouble.accept("Alertmanager left " + left + " alerts out of a message: raise max_alerts of its receiver");
        }
        List<Alert> alerts = new ArrayList<>();
        for (Object one : array) {
            if (!(one instanceof JsonObject alert)) {
                throw Problem.badRequest("'alerts': expected a list of objects").raised();
            }
            alerts.add(Alert.read(alert));
        }
        return alerts;
    }

    private Future<Taken> take(Alert alert, String from) {
        if (!alert.action().equals("pause") && !alert.action().equals("abort")) {
            return Future.succeededFuture(
                    Taken.leftAlone(alert, "its label nightshift_action is neither pause nor abort"));
        }
        Optional<Feed> feed = feeds.all().stream()
                .filter(one -> one.database().equals(alert.database()))
                .findFirst();
        if (feed.isEmpty()) {
            return Future.succeededFuture(Taken.leftAlone(alert, "its label database names none that is served here"));
        }
        return feed.get()
                .askNow(pages -> write(alert, from, pages))
                .onSuccess(taken -> feed.get().forget());
    }

    private Taken write(Alert alert, String from, Pages pages) {
        Optional<StatusView> active = pages.reader()
                .status(Optional.empty())
                .filter(view -> !view.run().state().isEnd() && !(view.run().state() instanceof Planned))
                .filter(view -> view.run().plan().equals(alert.plan()));
        if (active.isEmpty()) {
            return Taken.leftAlone(alert, "no run of the plan that its label names is active");
        }
        RunView run = active.get().run();
        if (alert.startsAt().isBefore(run.createdAt())) {
            return Taken.leftAlone(alert, "it began before run " + run.id());
        }
        Optional<IntentView> fired =
                pages.chronicle().intentOf(alert.key(run.id().text()));
        return alert.firing()
                ? fired.map(known -> new Taken(alert, Optional.of(known.number()), "known already"))
                        .orElseGet(() -> fired(alert, from, active.get(), pages))
                : resolved(alert, from, active.get(), fired, pages);
    }

    private Taken fired(Alert alert, String from, StatusView view, Pages pages) {
        Intent.Kind kind = mayAbort && alert.action().equals("abort") ? Intent.Kind.ABORT : Intent.Kind.PAUSE;
        if (Beforehand.of(kind, false, "", view) instanceof Beforehand.Refused refused) {
            return Taken.leftAlone(alert, refused.why().what());
        }
        long number = pages.intents()
                .alert(asked(alert, kind, from, view), alert.key(view.run().id().text()));
        if (kind == Intent.Kind.ABORT) {
            WorkStop.onAbort(pages.intents(), view, false);
        }
        return new Taken(alert, Optional.of(number), kind == Intent.Kind.ABORT ? "abort" : "pause");
    }

    private static Taken resolved(Alert alert, String from, StatusView view, Optional<IntentView> fired, Pages pages) {
        if (fired.filter(known -> known.kind().equals("pause")).isEmpty()) {
            return Taken.leftAlone(alert, "it holds nothing");
        }
        if (Beforehand.of(Intent.Kind.RESUME, false, "", view) instanceof Beforehand.Refused refused) {
            return Taken.leftAlone(alert, refused.why().what());
        }
        String key = alert.key(view.run().id().text()) + "/resolved";
        long number = pages.intents().alert(asked(alert, Intent.Kind.RESUME, from, view), key);
        return new Taken(alert, Optional.of(number), "resume");
    }

    private static Intents.Asked asked(Alert alert, Intent.Kind kind, String from, StatusView view) {
        return new Intents.Asked(view.run().id(), kind, false, alert.reason(), alert.by(), from);
    }

    private static Reply reply(List<Taken> all) {
        Map<String, Object> document = Documents.of("AlertsTaken");
        document.put("alerts", all.stream().map(Taken::document).toList());
        return Reply.ok(Json.line(document));
    }
}
