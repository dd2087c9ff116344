package dev.nightshift.http.client;

import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.time.Outlook;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Glance;
import dev.nightshift.view.ReplicaLine;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.SupervisorView;
import dev.nightshift.view.WindowView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Status and report, from what {@link dev.nightshift.view.Documents} writes. */
final class StatusDocuments {

    private StatusDocuments() {}

    static StatusView status(JsonObject status) {
        return new StatusView(
                Read.instant(status, "at"),
                RunDocuments.run(status.getJsonObject("run")),
                steps(status),
                Read.object(status, "worker", StatusDocuments::worker),
                Read.object(status, "glance", StatusDocuments::glance),
                Read.object(status, "backup", StatusDocuments::backup),
                Read.object(
                        status,
                        "window",
                        window -> new WindowView(
                                window.getBoolean("open"),
                                Read.instant(window, "changesAt"),
                                ZoneId.of(window.getString("zone")))),
                Read.object(
                        status,
                        "supervisor",
                        lease -> new SupervisorView(lease.getString("holder"), Read.instant(lease, "expiresAt"))),
                events(status),
                freezes(status),
                Read.object(
                        status,
                        "outlook",
                        outlook -> new Outlook(
                                Read.maybe(outlook, "earliest"),
                                Read.maybe(outlook, "latest"),
                                outlook.getInteger("windows"),
                                Read.texts(outlook, "uncounted"),
                                outlook.getString("sentence"))));
    }

    static List<Freeze> freezes(JsonObject from) {
        return Read.list(
                from,
                "freezes",
                freeze -> new Freeze(
                        freeze.getLong("number"),
                        freeze.getString("reason"),
                        freeze.getString("by"),
                        freeze.getString("from"),
                        Read.instant(freeze, "at"),
                        Read.maybe(freeze, "until")));
    }

    static RunSummary report(JsonObject report) {
        return new RunSummary(
                RunDocuments.run(report.getJsonObject("run")),
                Read.instant(report, "at"),
                Read.seconds(report, "took"),
                report.getLong("rows"),
                report.getLong("walBytes"),
                Read.whole(report, "serverWalBytes"),
                Read.list(report, "peaks", StatusDocuments::peak),
                Read.list(report, "interruptions", StatusDocuments::interruption),
                Read.object(report, "backup", StatusDocuments::backup),
                steps(report),
                Read.texts(report, "left"),
                events(report),
                report.getString("next"));
    }

    static List<EventView> events(JsonObject from) {
        return Read.list(
                from,
                "events",
                event -> new EventView(
                        0,
                        Read.instant(event, "at"),
                        event.getString("event"),
                        event.getString("subject"),
                        event.getString("message")));
    }

    static BackupView backup(JsonObject backup) {
        return new BackupView(
                backup.getString("id"),
                backup.getString("run"),
                backup.getString("kind"),
                backup.getString("state"),
                backup.getString("location"),
                backup.getString("verification"),
                Read.whole(backup, "bytes"),
                Read.whole(backup, "walSince"),
                Read.instant(backup, "startedAt"),
                Read.maybe(backup, "verifiedAt"),
                Optional.ofNullable(backup.getString("failure")));
    }

    /** The documents give steps in their order. Why one failed is in the run's state. */
    private static List<StepRecord> steps(JsonObject from) {
        JsonArray all = from.getJsonArray("steps");
        List<StepRecord> steps = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            JsonObject step = all.getJsonObject(i);
            steps.add(new StepRecord(
                    i,
                    step.getString("part").equals("abort"),
                    step.getString("name"),
                    step.getString("kind"),
                    step.getString("class"),
                    Read.word(StepRecord.State.class, step, "state"),
                    Read.whole(step, "rowsTotal"),
                    step.getLong("rowsDone"),
                    step.getLong("batches"),
                    step.getLong("walBytes"),
                    step.getString("note"),
                    Optional.empty()));
        }
        return steps;
    }

    private static Heartbeat worker(JsonObject worker) {
        WorkPace pace = new WorkPace(
                worker.getDouble("rowsPerSecond"),
                worker.getDouble("walPerSecond"),
                worker.getInteger("batchRows"),
                worker.getLong("batchMillis"));
        return new Heartbeat(
                worker.getLong("epoch"),
                worker.getString("host"),
                worker.getLong("pid"),
                Read.seconds(worker, "age"),
                worker.getString("activity"),
                pace);
    }

    private static Glance glance(JsonObject glance) {
        return new Glance(
                Read.instant(glance, "at"),
                glance.getString("verdict"),
                glance.getString("pace"),
                Read.real(glance, "walRate").orElse(Double.POSITIVE_INFINITY),
                Read.texts(glance, "paceReasons"),
                Read.list(glance, "replicas", StatusDocuments::replica),
                glance.getInteger("guards"),
                Read.list(
                        glance,
                        "findings",
                        one -> new Glance.FindingLine(
                                one.getString("guard"),
                                one.getString("verdict"),
                                one.getString("reason"),
                                one.getString("note"))),
                Read.object(
                        glance,
                        "last",
                        last -> new Glance.PastFinding(
                                last.getString("verdict"), last.getString("reason"), Read.instant(last, "endedAt"))));
    }

    static SchemaMark schema(JsonObject mark) {
        return new SchemaMark(
                mark.getString("version"),
                Read.word(SchemaMark.State.class, mark, "state"),
                Optional.ofNullable(mark.getString("newest")),
                Optional.ofNullable(mark.getString("failed")),
                Read.object(mark, "run", RunDocuments::run));
    }

    private static ReplicaLine replica(JsonObject replica) {
        return new ReplicaLine(
                replica.getString("name"),
                replica.getString("class"),
                replica.getString("state"),
                replica.getString("note"),
                Read.real(replica, "lagSeconds"),
                replica.getBoolean("lagSecondsExact"),
                Read.real(replica, "lagSecondsLimit"),
                Read.whole(replica, "lagBytes"),
                Read.whole(replica, "lagBytesLimit"),
                Read.real(replica, "replayRate"));
    }

    private static RunSummary.Peak peak(JsonObject peak) {
        return new RunSummary.Peak(
                peak.getString("signal"),
                peak.getString("subject"),
                peak.getString("value"),
                peak.getString("limit"),
                Read.instant(peak, "at"));
    }

    private static RunSummary.Interruption interruption(JsonObject interruption) {
        return new RunSummary.Interruption(
                interruption.getString("kind"),
                interruption.getString("reason"),
                Read.seconds(interruption, "took"),
                interruption.getInteger("times"));
    }
}
