package dev.nightshift.postgres;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Interruptions;
import dev.nightshift.view.NextStep;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.SupervisorView;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of the journal as the views that people are shown. */
final class ViewRows {

    /** The columns that {@link #run} reads. */
    static final String RUN_COLUMNS =
            "r.id, r.plan_name, r.plan_hash, current_database() AS database, r.state, r.detail,"
                    + " r.moved_at, r.created_at, r.started_at, r.ended_at, r.created_by";

    private ViewRows() {}

    static RunView run(Row row) {
        return new RunView(
                new RunId(row.getString("id")),
                row.getString("plan_name"),
                row.getString("plan_hash"),
                row.getString("database"),
                RunStates.read(row.getString("state"), row.getJsonObject("detail")),
                at(row, "moved_at"),
                at(row, "created_at"),
                maybe(row, "started_at"),
                maybe(row, "ended_at"),
                row.getString("created_by"));
    }

    static StatusView status(Row row) {
        Instant now = at(row, "now");
        Optional<JsonObject> glance = Optional.ofNullable(row.getJsonObject("glance"));
        return new StatusView(
                now,
                run(row),
                JournalRows.list(row.getJsonArray("steps"), JournalRows::step),
                Optional.ofNullable(row.getJsonObject("heartbeat")).map(JournalRows::heartbeat),
                glance.map(GlanceRows::glance),
                Optional.ofNullable(row.getJsonObject("backup")).map(ViewRows::backup),
                glance.flatMap(g -> GlanceRows.window(g.getJsonObject("window"), now)),
                Optional.ofNullable(row.getJsonObject("lease")).map(ViewRows::lease),
                JournalRows.list(row.getJsonArray("events"), ViewRows::event),
                JournalRows.list(row.getJsonArray("freezes"), JournalRows::freeze),
                glance.flatMap(g -> GlanceRows.outlook(g, now)));
    }

    static EventView event(Row row) {
        return new EventView(
                row.getLong("id"),
                at(row, "at"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("message"));
    }

    static BackupView backup(JsonObject b) {
        JsonObject failure = b.getJsonObject("detail").getJsonObject("failure");
        return new BackupView(
                b.getString("id"),
                b.getString("run_id"),
                b.getString("kind"),
                b.getString("state"),
                b.getString("location"),
                b.getString("verification"),
                JournalRows.whole(b.getLong("bytes")),
                JournalRows.whole(b.getLong("wal_since")),
                JournalRows.instant(b.getString("started_at")),
                Optional.ofNullable(b.getString("verified_at")).map(JournalRows::instant),
                Optional.ofNullable(failure).map(f -> f.getString("what", "")));
    }

    /** The worst value of a signal beside the limit at which the run holds. */
    static RunSummary.Peak peak(Row row, GuardSettings guards) {
        String signal = row.getString("signal");
        double value = row.getDouble("value");
        Optional<GuardKind> guard = GuardKind.named(signal);
        return new RunSummary.Peak(
                guard.map(GuardKind::words).orElse(signal),
                row.getString("subject"),
                guard.map(kind -> kind.unit().text(value)).orElse(Double.toString(value)),
                guard.flatMap(kind -> guards.of(kind)
                                .at(Level.HOLD)
                                .map(limit -> kind.unit().text(limit.value())))
                        .orElse(""),
                at(row, "at"));
    }

    static RunSummary summary(
            StatusView status, List<EventView> events, List<RunSummary.Peak> peaks, OptionalLong serverWal) {
        RunView run = status.run();
        RunState state = run.state();
        Instant end = run.endedAt().orElse(status.at());
        return new RunSummary(
                run,
                status.at(),
                run.startedAt().map(start -> Duration.between(start, end)).orElse(Duration.ZERO),
                status.steps().stream().mapToLong(StepRecord::rowsDone).sum(),
                status.steps().stream().mapToLong(StepRecord::walBytes).sum(),
                serverWal,
                peaks,
                Interruptions.of(events, end),
                status.backup(),
                status.steps(),
                state instanceof AbortIncomplete incomplete ? incomplete.left() : List.of(),
                events,
                NextStep.of(run, status.backup()));
    }

    private static SupervisorView lease(JsonObject l) {
        return new SupervisorView(l.getString("holder"), JournalRows.instant(l.getString("expires_at")));
    }

    private static EventView event(JsonObject e) {
        return new EventView(
                e.getLong("id"),
                JournalRows.instant(e.getString("at")),
                e.getString("kind"),
                e.getString("subject"),
                e.getString("message"));
    }

    private static Instant at(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static Optional<Instant> maybe(Row row, String column) {
        @Nullable OffsetDateTime value = row.getOffsetDateTime(column);
        return Optional.ofNullable(value).map(OffsetDateTime::toInstant);
    }
}
