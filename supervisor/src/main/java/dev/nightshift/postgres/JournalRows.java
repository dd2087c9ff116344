package dev.nightshift.postgres;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.BatchTimes;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of the journal, as {@code to_jsonb} gives them, as the records that everybody else uses. */
final class JournalRows {

    /** The columns that {@link #run} reads. */
    static final String RUN_COLUMNS =
            "r.id, r.plan_name, r.plan_hash, r.plan_source, r.plan_file, r.moves, r.state, r.detail";

    /** One json array of the steps of run {@code $1} with what they have done so far. */
    static final String STEPS_OF_RUN = """
            (SELECT coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object(
                        'rows_done', coalesce(p.rows, 0), 'batches', coalesce(p.batches, 0),
                        'wal', s.wal + coalesce(p.wal, 0)) ORDER BY s.ordinal), '[]')
             FROM nightshift.steps s
             LEFT JOIN (SELECT step, sum(rows) AS rows, sum(batches) AS batches, sum(wal) AS wal
                        FROM nightshift.progress WHERE run_id = $1 GROUP BY step) p ON p.step = s.ordinal
             WHERE s.run_id = $1)""";

    /** The newest heartbeat of run {@code $1} with its age in seconds, or null. */
    static final String HEARTBEAT_OF_RUN = """
            (SELECT to_jsonb(h) || jsonb_build_object('age', extract(epoch FROM clock_timestamp() - h.beat_at))
             FROM nightshift.heartbeats h WHERE h.run_id = $1)""";

    /** A backup {@code b} as json, with the bytes of WAL since what it holds; those are null where a standby is asked. */
    static final String BACKUP = """
            to_jsonb(b) || jsonb_build_object('wal_since', CASE WHEN pg_is_in_recovery() THEN NULL
                WHEN b.snapshot_lsn <= pg_current_wal_insert_lsn()
                THEN pg_wal_lsn_diff(pg_current_wal_insert_lsn(), b.snapshot_lsn)::bigint END)""";

    /** The verified backup of run {@code $1}, however old what it holds is; else the newest; or null. */
    static final String BACKUP_OF_RUN = "(SELECT " + BACKUP + """
             FROM nightshift.backups b WHERE b.run_id = $1
                ORDER BY b.state <> 'verified', length(b.id) DESC, b.id DESC LIMIT 1)""";

    /** One json array of the freezes that are on, or null. */
    static final String FREEZES = "(SELECT jsonb_agg(to_jsonb(f) ORDER BY f.id) FROM nightshift.frozen f)";

    /** One json array of what run {@code $1} has stopped and not brought back, or null. */
    static final String DOWN_OF_RUN = """
            (SELECT jsonb_agg(to_jsonb(w) || jsonb_build_object('age', extract(epoch FROM clock_timestamp() - w.asked_at))
                              ORDER BY w.step, w.kind, w.name)
             FROM nightshift.workloads w WHERE w.run_id = $1 AND w.back_at IS NULL)""";

    private JournalRows() {}

    static Freeze freeze(JsonObject f) {
        return new Freeze(
                f.getLong("id"),
                f.getString("reason"),
                f.getString("frozen_by"),
                f.getString("frozen_from"),
                instant(f.getString("frozen_at")),
                Optional.ofNullable(f.getString("until")).map(JournalRows::instant));
    }

    static RunRecord run(Row row) {
        return new RunRecord(
                new RunId(row.getString("id")),
                row.getString("plan_name"),
                row.getString("plan_hash"),
                row.getString("plan_source"),
                row.getString("plan_file"),
                row.getLong("moves"),
                RunStates.read(row.getString("state"), row.getJsonObject("detail")));
    }

    /** Reads {@code people} and who submitted the run. */
    static Approvals approvals(Row row, String submitter) {
        JsonArray people = row.getJsonArray("people");
        return new Approvals(
                Optional.ofNullable(row.getString(submitter)).orElse(""),
                people == null
                        ? List.of()
                        : people.stream().map(String.class::cast).toList());
    }

    static <T> List<T> list(@Nullable JsonArray array, Function<JsonObject, T> read) {
        return array == null
                ? List.of()
                : array.stream().map(JsonObject.class::cast).map(read).toList();
    }

    static StepRecord step(JsonObject s) {
        JsonObject detail = s.getJsonObject("detail");
        JsonObject failure = detail.getJsonObject("failure");
        StepRecord.State state = StepRecord.State.valueOf(word(s.getString("state")));
        return new StepRecord(
                s.getInteger("ordinal"),
                s.getString("part").equals("abort"),
                s.getString("name"),
                s.getString("kind"),
                s.getString("class"),
                state,
                whole(s.getLong("rows_total")),
                s.getLong("rows_done"),
                s.getLong("batches"),
                s.getLong("wal"),
                detail.getString("note", ""),
                failure == null ? Optional.<Failure>empty() : Optional.of(RunStates.failure(failure)),
                Optional.ofNullable(s.getString("started_at")).map(JournalRows::instant));
    }

    static Intent intent(JsonObject i) {
        return new Intent(
                i.getLong("id"),
                new RunId(i.getString("run_id")),
                Intent.Kind.valueOf(word(i.getString("kind"))),
                i.getBoolean("immediate"),
                i.getString("reason"),
                i.getString("asked_by"),
                i.getString("asked_from"),
                instant(i.getString("asked_at")),
                i.getBoolean("alert"));
    }

    static Heartbeat heartbeat(JsonObject h) {
        JsonObject pace = h.getJsonObject("pace");
        return new Heartbeat(
                h.getLong("epoch"),
                h.getString("host"),
                h.getLong("pid"),
                Duration.ofMillis((long) (h.getDouble("age") * 1000)),
                h.getString("activity"),
                new WorkPace(
                        pace.getDouble("rowsPerSecond", 0.0),
                        pace.getDouble("walPerSecond", 0.0),
                        pace.getInteger("batchRows", 0),
                        pace.getLong("batchMillis", 0L),
                        new BatchTimes(numbers(pace, "batchCounts"), numbers(pace, "batchMicros"))));
    }

    private static List<Long> numbers(JsonObject from, String name) {
        return from.getJsonArray(name, new JsonArray()).stream()
                .map(number -> ((Number) number).longValue())
                .toList();
    }

    static BackupRecord backup(JsonObject b) {
        JsonObject failure = b.getJsonObject("detail").getJsonObject("failure");
        String verified = b.getString("verified_at");
        return new BackupRecord(
                b.getString("id"),
                b.getString("kind"),
                BackupRecord.State.valueOf(word(b.getString("state"))),
                b.getString("location"),
                b.getString("verification"),
                whole(b.getLong("bytes")),
                whole(b.getLong("wal_since")),
                instant(b.getString("started_at")),
                verified == null ? Optional.<Instant>empty() : Optional.of(instant(verified)),
                failure == null ? Optional.<Explanation>empty() : Optional.of(RunStates.explanation(failure)));
    }

    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    static OptionalLong whole(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String word(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
