package dev.nightshift.http.client;

import dev.nightshift.cli.CommandPorts;
import dev.nightshift.cli.Submitting;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.RunId;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import dev.nightshift.view.StatusView;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A journal through the API of whoever serves its database: what is asked for is stored under the token's name. */
public final class ApiAccess implements CommandPorts.Access, RunReader, Intents, Freezes, Milestones, Submitting {

    private static final Duration PATIENCE_TO_SUBMIT = Duration.ofSeconds(75);
    private static final int MOST = 500;

    private final Caller caller;
    private final String database;
    /** What was answered at once instead of being written down. */
    private final Map<Long, String> answered = new HashMap<>();

    private ApiAccess(Caller caller, String database) {
        this.caller = caller;
        this.database = database;
    }

    /**
     * Looks which database is meant, so that a server that cannot be reached or a token that is not known is told at once.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    public static ApiAccess open(CommandPorts.Server server) {
        Caller caller = new Caller(server);
        List<String> served =
                Read.list(caller.get("/databases").orElseThrow(), "databases", one -> one.getString("name"));
        String database = server.database().orElseGet(() -> served.size() == 1 ? served.get(0) : "");
        if (!served.contains(database)) {
            throw Caller.refused(
                    "the server serves " + String.join(", ", served) + (database.isEmpty() ? "" : ", not " + database),
                    "name one of them: --server " + server.root() + "/"
                            + served.stream().findFirst().orElse("NAME"));
        }
        return new ApiAccess(caller, Caller.encoded(database));
    }

    @Override
    public boolean isDirect() {
        return false;
    }

    @Override
    public RunReader reader() {
        return this;
    }

    @Override
    public Intents intents() {
        return this;
    }

    @Override
    public AuditTrail audit() {
        return (wanted, after, most) -> {
            StringBuilder query = new StringBuilder("/audit?database=" + database + "&limit=" + Math.min(most, 1_000));
            wanted.since().ifPresent(since -> query.append("&since=").append(since));
            wanted.until().ifPresent(until -> query.append("&until=").append(until));
            wanted.run().ifPresent(run -> query.append("&run=").append(run.text()));
            after.ifPresent(place -> query.append("&after=").append(Caller.encoded(place.toString())));
            JsonObject page = caller.get(query.toString()).orElseThrow();
            return new AuditTrail.Page(
                    Read.list(page, "entries", AuditEntries::read),
                    Optional.ofNullable(page.getString("next")).map(AuditTrail.Position::parse));
        };
    }

    @Override
    public Freezes freezes() {
        return this;
    }

    @Override
    public Milestones milestones() {
        return this;
    }

    @Override
    public List<Freeze> on() {
        return StatusDocuments.freezes(caller.get("/freezes/" + database).orElseThrow());
    }

    /** The numbers of those that are on are what the answer tells. */
    @Override
    public long freeze(Freezes.Asked wish, Optional<Instant> until) {
        JsonObject body = new JsonObject().put("kind", "freeze").put("reason", wish.reason());
        until.ifPresent(end -> body.put("until", end.toString()));
        List<Freeze> on = StatusDocuments.freezes(turned(body));
        return on.isEmpty() ? 0 : on.get(on.size() - 1).number();
    }

    @Override
    public long thaw(Freezes.Asked wish) {
        int before = on().size();
        turned(new JsonObject().put("kind", "thaw").put("reason", wish.reason()));
        return before;
    }

    private JsonObject turned(JsonObject body) {
        return caller.post("/freezes/" + database, UUID.randomUUID().toString(), body);
    }

    @Override
    public void close() {}

    @Override
    public Optional<StatusView> status(Optional<RunId> run) {
        return caller.get(path(run.map(RunId::text).orElse("current"))).map(StatusDocuments::status);
    }

    @Override
    public List<RunView> runs(int most) {
        return Read.list(list("/runs", most), "runs", RunDocuments::run);
    }

    @Override
    public QueueView queue() {
        JsonObject queue = caller.get("/queue?database=" + database).orElseThrow();
        return new QueueView(
                Read.object(queue, "active", RunDocuments::run),
                Read.list(
                        queue,
                        "waiting",
                        one -> new QueueView.Waits(
                                RunDocuments.run(one.getJsonObject("run")),
                                one.getInteger("priority"),
                                one.getString("waits"))));
    }

    @Override
    public List<EventView> events(RunId run, int most) {
        return caller.get(path(run.text()) + "/events?limit=" + bounded(most))
                .map(StatusDocuments::events)
                .orElse(List.of());
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
        return caller.get(path(run.text()) + "/summary").map(StatusDocuments::report);
    }

    @Override
    public List<BackupView> backups(int most) {
        return Read.list(list("/backups", most), "backups", StatusDocuments::backup);
    }

    @Override
    public Optional<RunView> run(String named, String hash) {
        Optional<RunView> byId =
                RunId.isOne(named) ? status(Optional.of(new RunId(named))).map(StatusView::run) : Optional.empty();
        return byId.stream()
                .filter(run -> run.planHash().startsWith(hash))
                .findFirst()
                .or(() -> ofPlan(named).stream()
                        .filter(run -> run.planHash().startsWith(hash))
                        .findFirst());
    }

    /** A list leaves out a database that does not answer; nobody may take that for “there is none”. */
    private List<RunView> ofPlan(String name) {
        JsonObject answer = list("/runs", MOST, "&plan=" + Caller.encoded(name));
        if (!Read.texts(answer, "away").isEmpty()) {
            throw Caller.away("the database behind the server does not answer");
        }
        return Read.list(answer, "runs", RunDocuments::run);
    }

    @Override
    public SchemaMark schema(SchemaWish wish) {
        return caller.get("/schema/" + database + "/" + wish.version() + "?history=" + Caller.encoded(wish.history()))
                .map(StatusDocuments::schema)
                .orElseThrow(() -> Caller.refused(
                        "the server does not know how far a schema is", "upgrade the server, or use --database URL"));
    }

    @Override
    public long ask(Intents.Asked command) {
        return askOnce(command, UUID.randomUUID().toString());
    }

    @Override
    public long askOnce(Intents.Asked command, String key) {
        JsonObject body = new JsonObject()
                .put("kind", command.kind().name().toLowerCase(Locale.ROOT))
                .put("reason", command.reason())
                .put("immediate", command.immediate());
        JsonObject answer = caller.post(path(command.run().text()) + "/intents", key, body);
        long number = answer.getLong("number", 0L);
        if (number == 0) {
            answered.put(number, answer.getString("outcome"));
        }
        return number;
    }

    @Override
    public long alert(Intents.Asked command, String key) {
        throw new UnsupportedOperationException("alerts have a path of their own");
    }

    @Override
    public void refused(Intents.Asked command, String why) {
        throw new UnsupportedOperationException("whoever serves the API refuses, and writes it down");
    }

    @Override
    public Optional<String> outcome(long number) {
        if (answered.containsKey(number)) {
            return Optional.ofNullable(answered.get(number));
        }
        return caller.get("/intents/" + database + "/" + number).map(intent -> intent.getString("outcome"));
    }

    /** Whoever serves the API has done it, where nobody supervised. */
    @Override
    public void stopWork(RunId run, boolean immediate) {}

    @Override
    public Receipt submit(Submitting.Draft draft) {
        JsonObject body = new JsonObject().put("plan", draft.plan().source()).put("priority", draft.priority());
        draft.again().ifPresent(why -> body.put("again", why));
        JsonObject receipt =
                caller.post("/runs?database=" + database, UUID.randomUUID().toString(), body, PATIENCE_TO_SUBMIT);
        return new Receipt(
                Read.word(Receipt.Outcome.class, receipt, "outcome"),
                new RunId(receipt.getString("run")),
                receipt.getString("plan"),
                receipt.getString("planHash"),
                receipt.getString("state"));
    }

    private JsonObject list(String path, int most) {
        return list(path, most, "");
    }

    private JsonObject list(String path, int most, String more) {
        return caller.get(path + "?database=" + database + "&limit=" + bounded(most) + more)
                .orElseThrow();
    }

    private String path(String run) {
        return "/runs/" + database + "/" + run;
    }

    private static int bounded(int most) {
        return Math.max(1, Math.min(most, MOST));
    }
}
