package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import dev.nightshift.view.AuditEntry;
import dev.nightshift.view.AuditTrail;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Reads who decided what from the tables that are never emptied: runs, intents and freezes. For a thread that may block; a database
 * without a journal has nothing.
 */
final class PgAuditTrail implements AuditTrail {

    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime END = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String ENTRIES = """
            SELECT current_database() AS database, a.* FROM (
                SELECT 'intent/' || i.id AS id, i.asked_at AS at, i.run_id, r.plan_name, r.plan_hash, i.kind AS action,
                       i.immediate, i.asked_by, i.asked_from, i.alert, i.role, i.address, i.reason, i.observed_at, i.outcome,
                       i.refused
                FROM nightshift.intents i JOIN nightshift.runs r ON r.id = i.run_id
                UNION ALL
                SELECT 'run/' || r.id, r.created_at, r.id, r.plan_name, r.plan_hash, 'begin', false, r.created_by,
                       coalesce(substring(r.created_by FROM '@([^@]*)$'), ''), false, NULL, NULL, r.plan_file, r.created_at,
                       'begun', false
                FROM nightshift.runs r
                UNION ALL
                SELECT 'freeze/' || f.id, f.frozen_at, NULL, NULL, NULL, 'freeze', false, f.frozen_by, f.frozen_from, false, NULL,
                       NULL, f.reason, f.frozen_at,
                       'frozen' || coalesce(' until ' || to_char(f.until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), ''), false
                FROM nightshift.freezes f
                UNION ALL
                SELECT 'thaw/' || f.id, f.thawed_at, NULL, NULL, NULL, 'thaw', false, f.thawed_by, f.thawed_from, false, NULL,
                       NULL, f.thaw_reason, f.thawed_at, 'thawed: ' || f.reason, false
                FROM nightshift.freezes f WHERE f.thawed_at IS NOT NULL) a
            WHERE ($1::text IS NULL OR a.run_id = $1) AND a.at >= $2 AND a.at < $3 AND (a.at, a.id COLLATE "C") > ($4, $5)
            ORDER BY a.at, a.id COLLATE "C" LIMIT $6""";

    private final JournalLook journal;

    PgAuditTrail(PgLine line) {
        this.journal = new JournalLook(line);
    }

    @Override
    public Page page(Wanted wanted, Optional<Position> after, int most) {
        Tuple values = Tuple.of(
                wanted.run().map(RunId::text).orElse(null),
                wanted.since().map(PgAuditTrail::at).orElse(BEGINNING),
                wanted.until().map(PgAuditTrail::at).orElse(END),
                after.map(Position::at).map(PgAuditTrail::at).orElse(BEGINNING),
                after.map(Position::id).orElse(""),
                most);
        List<AuditEntry> entries = journal.rows("reading who decided what", ENTRIES, values).stream()
                .map(PgAuditTrail::entry)
                .toList();
        return Page.of(entries, most);
    }

    private static AuditEntry entry(Row row) {
        String by = row.getString("asked_by");
        return new AuditEntry(
                row.getString("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("database"),
                Optional.ofNullable(row.getString("run_id"))
                        .map(run -> new AuditEntry.About(
                                new RunId(run), row.getString("plan_name"), row.getString("plan_hash"))),
                row.getString("action"),
                row.getBoolean("immediate"),
                by,
                row.getString("asked_from"),
                via(by, row.getBoolean("alert")),
                Optional.ofNullable(row.getString("role")),
                Optional.ofNullable(row.getString("address")),
                row.getString("reason"),
                Optional.ofNullable(row.getOffsetDateTime("observed_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("outcome")),
                row.getBoolean("refused"));
    }

    private static AuditEntry.Via via(String by, boolean alert) {
        if (alert) {
            return AuditEntry.Via.ALERT;
        }
        return by.endsWith("@api") ? AuditEntry.Via.API : AuditEntry.Via.DATABASE;
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
