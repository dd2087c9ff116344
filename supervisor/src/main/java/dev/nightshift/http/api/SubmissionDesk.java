package dev.nightshift.http.api;

import dev.nightshift.plan.Role;
import dev.nightshift.queue.Order;
import dev.nightshift.run.Explanation;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The queue: takes plans in and shows what waits. */
final class SubmissionDesk {

    private static final Set<String> MEMBERS = Set.of("plan", "priority", "again");
    private static final int LONGEST_REASON = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** A plan is looked at by a process of its own, which loads the SQL parser first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Feeds feeds;

    SubmissionDesk(Feeds feeds) {
        this.feeds = feeds;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/runs", Role.OPERATOR, this::submit).within(PATIENCE),
                Endpoint.get("/queue", this::queue));
    }

    private Future<Reply> queue(Request request) {
        return feeds.ofQuery(request)
                .ask(
                        "queue",
                        FRESH,
                        pages -> Reply.ok(
                                Json.line(Documents.queue(pages.reader().queue()))));
    }

    private Future<Reply> submit(Request request) {
        Feed feed = feeds.ofQuery(request);
        return feed.submit(entry(request))
                .map(text -> reply(feed.database(), new JsonObject(text)))
                .onSuccess(reply -> feed.forget());
    }

    private static Book.Entry entry(Request request) {
        JsonObject body = request.body();
        if (!MEMBERS.containsAll(body.fieldNames())) {
            throw refusal("expected plan, priority, again; found another member");
        }
        if (!(body.getValue("plan") instanceof String text) || text.isBlank() || text.indexOf('\0') >= 0) {
            throw refusal("'plan': expected the text of a plan");
        }
        if (!(body.getValue("priority", 0) instanceof Integer priority)
                || priority < Order.LOWEST
                || priority > Order.HIGHEST) {
            throw refusal("'priority': expected a whole number from " + Order.LOWEST + " to " + Order.HIGHEST);
        }
        return new Book.Entry(text, priority, again(body), request.bearer().name() + "@api", request.from());
    }

    private static Optional<String> again(JsonObject body) {
        if (!body.containsKey("again")) {
            return Optional.empty();
        }
        if (!(body.getValue("again") instanceof String why)
                || why.isBlank()
                || why.length() > LONGEST_REASON
                || why.indexOf('\0') >= 0) {
            throw refusal("'again': expected why, in at most " + LONGEST_REASON + " characters");
        }
        return Optional.of(why);
    }

    private static Reply reply(String database, JsonObject document) {
        return switch (document.getString("kind", "")) {
            case "Submission" -> submission(database, document);
            case "PlanProblems" -> throw problems(document).raised();
            default -> throw refused(document).raised();
        };
    }

    private static Reply submission(String database, JsonObject document) {
        Map<String, Object> fields = new LinkedHashMap<>(document.getMap());
        fields.put("database", database);
        String where = ApiServer.ROOT + "/runs/" + Request.encoded(database) + "/" + document.getString("run");
        String text = Json.line(fields);
        return document.getString("outcome").equals("submitted") ? Reply.created(text, where) : Reply.ok(text);
    }

    private static Problem problems(JsonObject document) {
        Problem problem = Problem.of(422, "plan-problems", "The plan cannot be read", "see 'problems'");
        return problem.with(
                "problems",
                document.getJsonArray("problems").stream().map(String::valueOf).toList());
    }

    private static Problem refused(JsonObject document) {
        Explanation why = new Explanation(
                document.getString("what", "it cannot be submitted"),
                document.getString("doing", "submitting the plan"),
                document.getString("state", Explanation.NOTHING_CHANGED),
                document.getString("todo", "see the log of the supervisor"));
        return document.getBoolean("passing", false)
                ? Problem.of(503, "database-away", "The database does not answer", why)
                        .after(Duration.ofSeconds(2))
                : Problem.of(422, "refused", "The plan is refused", why);
    }

    private static Problem.Raised refusal(String detail) {
        return Problem.badRequest(detail).raised();
    }
}
