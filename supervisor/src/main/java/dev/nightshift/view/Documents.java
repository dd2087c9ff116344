package dev.nightshift.view;

import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Outlook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code -o json} prints: each document has an {@code apiVersion} and a {@code kind}, and names that stay. Times
 * are in seconds, sizes in bytes, instants in UTC; null is “not known”.
 */
public final class Documents {

    public static final String API_VERSION = "nightshift.dev/v1";

    private Documents() {}

    public static Map<String, Object> of(String kind) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", API_VERSION);
        document.put("kind", kind);
        return document;
    }

    public static Map<String, Object> status(StatusView view) {
        Map<String, Object> document = of("RunStatus");
        document.put("at", view.at());
        document.put("run", run(view.run()));
        document.put("steps", view.steps().stream().map(Documents::step).toList());
        document.put("expectedEnd", view.expectedEnd());
        document.put("worker", view.worker().map(Documents::worker));
        document.put("glance", view.glance().map(GlanceDocuments::glance));
        document.put("backup", view.backup().map(Documents::backup));
        document.put("window", view.window().map(Documents::window));
        document.put("outlook", view.outlook().map(Documents::outlook));
        document.put("freezes", view.freezes().stream().map(Documents::freeze).toList());
        document.put("supervisor", view.supervisor().map(lease -> supervisor(view, lease)));
        document.put("events", view.events().stream().map(Documents::event).toList());
        return document;
    }

    public static Map<String, Object> runs(List<RunView> runs) {
        Map<String, Object> document = of("RunList");
        document.put("runs", runs.stream().map(Documents::run).toList());
        return document;
    }

    /** What became of a plan that was submitted. */
    public static Map<String, Object> submission(Receipt receipt) {
        Map<String, Object> document = of("Submission");
        document.put("outcome", receipt.outcome().name().toLowerCase(Locale.ROOT));
        document.put("run", receipt.run().text());
        document.put("plan", receipt.planName());
        document.put("planHash", receipt.planHash());
        document.put("state", receipt.state());
        return document;
    }

    /** Why something could not be done, for another process of this program. */
    public static Map<String, Object> refusal(Trouble trouble) {
        Map<String, Object> document = of("Refusal");
        document.put("what", trouble.explanation().what());
        document.put("doing", trouble.explanation().doing());
        document.put("state", trouble.explanation().state());
        document.put("todo", trouble.explanation().todo());
        document.put("passing", trouble instanceof Transient);
        return document;
    }

    public static Map<String, Object> queue(QueueView queue) {
        Map<String, Object> document = of("Queue");
        document.put("active", queue.active().map(Documents::run));
        document.put("waiting", queue.waiting().stream().map(Documents::waits).toList());
        return document;
    }

    private static Map<String, Object> waits(QueueView.Waits one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run(one.run()));
        fields.put("priority", one.priority());
        fields.put("waits", one.why());
        return fields;
    }

    public static Map<String, Object> history(RunView run, List<EventView> events) {
        Map<String, Object> document = of("RunHistory");
        document.put("run", run(run));
        document.put("events", events.stream().map(Documents::event).toList());
        return document;
    }

    public static Map<String, Object> backups(List<BackupView> backups) {
        Map<String, Object> document = of("BackupList");
        document.put("backups", backups.stream().map(Documents::backup).toList());
        return document;
    }

    public static Map<String, Object> report(RunSummary summary) {
        Map<String, Object> document = of("RunReport");
        document.put("at", summary.at());
        document.put("run", run(summary.run()));
        document.put("took", summary.took());
        document.put("rows", summary.rows());
        document.put("walBytes", summary.walBytes());
        document.put("serverWalBytes", summary.serverWalBytes());
        document.put("peaks", summary.peaks().stream().map(Documents::peak).toList());
        document.put(
                "interruptions",
                summary.interruptions().stream().map(Documents::interruption).toList());
        document.put("backup", summary.backup().map(Documents::backup));
        document.put("steps", summary.steps().stream().map(Documents::step).toList());
        document.put("left", summary.left());
        document.put("next", summary.next());
        document.put("events", summary.events().stream().map(Documents::event).toList());
        return document;
    }

    public static Map<String, Object> event(EventView event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", event.at());
        fields.put("event", event.kind());
        fields.put("subject", event.subject());
        fields.put("message", event.message());
        return fields;
    }

    public static Map<String, Object> run(RunView run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", run.id().text());
        fields.put("plan", run.plan());
        fields.put("planHash", run.planHash());
        fields.put("database", run.database());
        fields.put("state", run.state().word());
        fields.put("since", run.since());
        fields.put("ended", run.state().isEnd());
        fields.put("createdAt", run.createdAt());
        fields.put("startedAt", run.startedAt());
        fields.put("endedAt", run.endedAt());
        fields.put("by", run.by());
        StateDocuments.put(fields, run.state());
        return fields;
    }

    public static Map<String, Object> explanation(Explanation explanation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", explanation.what());
        fields.put("doing", explanation.doing());
        fields.put("state", explanation.state());
        fields.put("todo", explanation.todo());
        return fields;
    }

    static Map<String, Object> step(StepRecord step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", step.name());
        fields.put("part", step.abort() ? "abort" : "work");
        fields.put("kind", step.kind());
        fields.put("class", step.statementClass());
        fields.put("state", word(step.state()));
        fields.put("rowsDone", step.rowsDone());
        fields.put("rowsTotal", step.rowsTotal());
        fields.put("batches", step.batches());
        fields.put("walBytes", step.walBytes());
        fields.put("note", step.note());
        return fields;
    }

    private static Map<String, Object> worker(Heartbeat beat) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", beat.host());
        fields.put("pid", beat.pid());
        fields.put("epoch", beat.epoch());
        fields.put("age", beat.age());
        fields.put("activity", beat.activity());
        fields.put("rowsPerSecond", beat.pace().rowsPerSecond());
        fields.put("walPerSecond", beat.pace().walPerSecond());
        fields.put("batchRows", beat.pace().batchRows());
        fields.put("batchMillis", beat.pace().batchMillis());
        return fields;
    }

    private static Map<String, Object> backup(BackupView backup) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", backup.id());
        fields.put("run", backup.run());
        fields.put("kind", backup.kind());
        fields.put("state", backup.state());
        fields.put("location", backup.location());
        fields.put("verification", backup.verification());
        fields.put("bytes", backup.bytes());
        fields.put("walSince", backup.walSince());
        fields.put("startedAt", backup.startedAt());
        fields.put("verifiedAt", backup.verifiedAt());
        fields.put("failure", backup.failure());
        return fields;
    }

    public static Map<String, Object> freezes(List<Freeze> freezes) {
        Map<String, Object> document = of("FreezeList");
        document.put("freezes", freezes.stream().map(Documents::freeze).toList());
        return document;
    }

    /** The same form in which a supervisor leaves it for others to read. */
    public static Map<String, Object> outlook(Outlook outlook) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("earliest", outlook.earliest());
        fields.put("latest", outlook.latest());
        fields.put("windows", outlook.windows());
        fields.put("uncounted", outlook.uncounted());
        fields.put("sentence", outlook.sentence());
        return fields;
    }

    private static Map<String, Object> freeze(Freeze freeze) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", freeze.number());
        fields.put("reason", freeze.reason());
        fields.put("by", freeze.by());
        fields.put("from", freeze.from());
        fields.put("at", freeze.at());
        fields.put("until", freeze.until());
        return fields;
    }

    /** The same form in which a supervisor leaves it for others to read. */
    public static Map<String, Object> window(WindowView window) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("open", window.open());
        fields.put("changesAt", window.changesAt());
        fields.put("zone", window.zone().getId());
        return fields;
    }

    private static Map<String, Object> supervisor(StatusView view, SupervisorView lease) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("holder", lease.holder());
        fields.put("expiresAt", lease.expiresAt());
        fields.put("alive", lease.alive(view.at()));
        return fields;
    }

    private static Map<String, Object> peak(RunSummary.Peak peak) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("signal", peak.signal());
        fields.put("subject", peak.subject());
        fields.put("value", peak.value());
        fields.put("limit", peak.limit());
        fields.put("at", peak.at());
        return fields;
    }

    private static Map<String, Object> interruption(RunSummary.Interruption interruption) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", interruption.kind());
        fields.put("reason", interruption.reason());
        fields.put("took", interruption.took());
        fields.put("times", interruption.times());
        return fields;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
