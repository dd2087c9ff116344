package dev.nightshift.postgres;

import dev.nightshift.backup.BackupJournal;
import dev.nightshift.backup.KeptBackup;
import dev.nightshift.backup.Manifest;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The backups in the journal; each call uses a short session of its own. */
public final class PgBackupJournal implements BackupJournal {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String READER = "nightshift/backups";
    private static final String DOING = "writing the backup into the journal";

    private static final String NEXT_ID =
            "(SELECT $1 || '-' || coalesce(max(split_part(o.id, '-', 2)::int), 0) + 1 FROM nightshift.backups o"
                    + " WHERE o.run_id = $1)";

    private static final String START =
            "INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification) SELECT " + NEXT_ID
                    + ", $1, 'dump', 'running', $2, $3";

    private static final String VERIFIED =
            "UPDATE nightshift.backups SET state = 'verified', verified_at = clock_timestamp(), bytes = $2,"
                    + " snapshot_lsn = $3::text::pg_lsn, catalog_hash = $4, detail = detail || $5::jsonb WHERE id = $1";

    private static final String SERVES =
            "UPDATE nightshift.backups b SET state = e.state, location = e.location, bytes = e.bytes,"
                    + " snapshot_lsn = e.snapshot_lsn, catalog_hash = e.catalog_hash, started_at = e.started_at,"
                    + " verified_at = clock_timestamp(),"
                    + " detail = e.detail || jsonb_build_object('servesFrom', e.id)"
                    + " FROM nightshift.backups e WHERE b.id = $1 AND e.id = $2 AND e.state = 'verified'";

    private static final String FAILED = "UPDATE nightshift.backups SET state = 'failed', verified_at = NULL,"
            + " detail = detail || $2::jsonb WHERE id = $1";

    private static final String READ =
            "SELECT b.id, b.run_id, b.state, b.location, b.verification, b.bytes, b.snapshot_lsn::text AS lsn,"
                    + " b.catalog_hash, b.started_at, b.verified_at, b.detail,"
                    + " extract(epoch FROM clock_timestamp() - b.started_at)::bigint AS age FROM nightshift.backups b"
                    + " WHERE b.kind = 'dump' AND ";

    private static final String LATEST_FIRST = " ORDER BY b.started_at DESC, b.id DESC";

    /** A step that was begun and has no end may still be writing. */
    private static final String CANDIDATES = """
            b.state = 'verified' AND b.run_id <> $1 AND NOT b.detail ? 'servesFrom'
            AND b.started_at > clock_timestamp() - $2 * interval '1 millisecond'
            AND b.started_at > coalesce((
                SELECT max(greatest(coalesce(s.ended_at, clock_timestamp()), p.last_at))
                FROM nightshift.steps s
                LEFT JOIN nightshift.progress p ON p.run_id = s.run_id AND p.step = s.ordinal
                WHERE s.kind NOT IN ('verify', 'hold') AND s.started_at IS NOT NULL), '-infinity')""";

    private static final String HAS_WRITTEN =
            "SELECT EXISTS (SELECT FROM nightshift.steps s WHERE s.run_id = $1 AND s.started_at IS NOT NULL"
                    + " AND s.kind NOT IN ('verify', 'hold'))";

    private final PgSessions sessions;

    public PgBackupJournal(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String started(Attempt attempt, Path location, String verification) {
        String run = attempt.claim().run().text();
        return write(attempt, START + " WHERE ", " RETURNING id", Tuple.of(run, location.toString(), verification));
    }

    @Override
    public void verified(Attempt attempt, String id, Manifest manifest) {
        JsonObject detail = new JsonObject()
                .put("manifestSha256", manifest.hash())
                .put("serverVersion", manifest.serverVersion())
                .put("system", manifest.system())
                .put("tables", manifest.tables().size());
        Tuple parameters = Tuple.of(
                id, manifest.size().bytes(), manifest.snapshotLsn().toString(), manifest.catalogHash(), detail);
        write(attempt, VERIFIED + " AND ", " RETURNING id", parameters);
    }

    @Override
    public void serves(Attempt attempt, String id, KeptBackup earlier) {
        write(attempt, SERVES + " AND ", " RETURNING b.id", Tuple.of(id, earlier.id()));
    }

    @Override
    public void failed(Attempt attempt, String id, Explanation why) {
        JsonObject failure = new JsonObject()
                .put("what", why.what())
                .put("doing", why.doing())
                .put("state", why.state())
                .put("todo", why.todo());
        write(attempt, FAILED + " AND ", " RETURNING id", Tuple.of(id, new JsonObject().put("failure", failure)));
    }

    private String write(Attempt attempt, String statement, String returning, Tuple parameters) {
        String fenced = statement + "EXISTS (" + attempt.checkSql() + ")" + returning;
        try (PgSession session = sessions.session(SessionSettings.control(attempt.sessionName("backup")))) {
            for (Row row : session.run(fenced, parameters, PATIENCE)) {
                return row.getString(0);
            }
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, DOING, Explanation.NOTHING_CHANGED);
        }
        throw new Transient(new Explanation(
                "another worker or an abort took over",
                DOING,
                Explanation.NOTHING_CHANGED,
                "nothing: whoever took over goes on"));
    }

    @Override
    public List<KeptBackup> of(RunId run) {
        return read("b.run_id = $1" + LATEST_FIRST, Tuple.of(run.text()));
    }

    @Override
    public List<KeptBackup> candidates(RunId run, Duration maxAge) {
        return read(CANDIDATES + LATEST_FIRST, Tuple.of(run.text(), maxAge.toMillis()));
    }

    @Override
    public boolean hasWritten(RunId run) {
        return rows(HAS_WRITTEN, Tuple.of(run.text())).iterator().next().getBoolean(0);
    }

    @Override
    public List<KeptBackup> all() {
        return read("true" + LATEST_FIRST, Tuple.tuple());
    }

    @Override
    public Optional<KeptBackup> find(String id) {
        return read("b.id = $1", Tuple.of(id)).stream().findFirst();
    }

    private List<KeptBackup> read(String condition, Tuple parameters) {
        List<KeptBackup> found = new ArrayList<>();
        rows(READ + condition, parameters).forEach(row -> found.add(kept(row)));
        return found;
    }

    private RowSet<Row> rows(String query, Tuple parameters) {
        try (PgSession session = sessions.session(SessionSettings.reading(READER, Duration.ofSeconds(3)))) {
            return session.run(query, parameters, PATIENCE);
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "reading the backups in the journal", Explanation.NOTHING_CHANGED);
        }
    }

    private static KeptBackup kept(Row row) {
        JsonObject detail = row.getJsonObject("detail");
        return new KeptBackup(
                row.getString("id"),
                new RunId(row.getString("run_id")),
                KeptBackup.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Path.of(row.getString("location")),
                row.getString("verification"),
                Optional.ofNullable(row.getLong("bytes")).map(ByteSize::new),
                Optional.ofNullable(row.getString("lsn")).map(Lsn::parse),
                Optional.ofNullable(row.getString("catalog_hash")),
                row.getOffsetDateTime("started_at").toInstant(),
                Duration.ofSeconds(row.getLong("age")),
                Optional.ofNullable(row.getOffsetDateTime("verified_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(detail.getString("servesFrom")),
                Optional.ofNullable(detail.getJsonObject("failure")).map(PgBackupJournal::explanation));
    }

    private static Explanation explanation(JsonObject failure) {
        return new Explanation(
                failure.getString("what", ""),
                failure.getString("doing", ""),
                failure.getString("state", ""),
                failure.getString("todo", ""));
    }
}
