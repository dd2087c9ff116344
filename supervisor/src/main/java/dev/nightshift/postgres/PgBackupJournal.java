package dev.nightshift.postgres;

import dev.nightshift.backup.Attested;
import dev.nightshift.backup.BackupJournal;
import dev.nightshift.backup.KeptBackup;
import dev.nightshift.backup.Manifest;
import dev.nightshift.backup.Provider;
import dev.nightshift.backup.Pruning;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification, max_age) SELECT "
                    + NEXT_ID + ", $1, $2, 'running', $3, $4, nullif($5::bigint, 0) * interval '1 millisecond'";

    private static final String BEFORE = "UPDATE nightshift.backups SET snapshot_lsn = $2::text::pg_lsn WHERE id = $1";

    private static final String CALLED = "UPDATE nightshift.backups SET location = $2, detail = detail || $3::jsonb"
            + " WHERE id = $1 AND state = 'running'";

    /** What was taken before it was asked for is as old as what it holds, and nobody knows its position. */
    private static final String ATTESTED = "UPDATE nightshift.backups SET state = 'verified',"
            + " verified_at = clock_timestamp(), location = $2, verification = $3, bytes = $4, catalog_hash = $5,"
            + " started_at = CASE WHEN $7 THEN started_at ELSE least(started_at, $6) END,"
            + " snapshot_lsn = CASE WHEN $7 THEN snapshot_lsn END, detail = detail || $8::jsonb WHERE id = $1";

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
            "SELECT b.id, b.run_id, b.kind, b.state, b.location, b.verification, b.bytes, b.snapshot_lsn::text AS lsn,"
                    + " b.catalog_hash, b.started_at, b.verified_at, b.detail,"
                    + " extract(epoch FROM clock_timestamp() - b.started_at)::bigint AS age FROM nightshift.backups b"
                    + " WHERE ";

    private static final String LATEST_FIRST = " ORDER BY b.started_at DESC, b.id DESC";

    private static final String CANDIDATES = """
            b.state = 'verified' AND b.run_id <> $1 AND b.kind = $2 AND NOT b.detail ? 'servesFrom'
            AND b.started_at > clock_timestamp() - $3 * interval '1 millisecond'
            AND b.started_at > coalesce((%s), '-infinity')""".formatted(BackupSql.LAST_WRITE);

    /** Whoever begins to choose a backup after this statement sees that these are gone. */
    private static final String PRUNE = """
            UPDATE nightshift.backups b SET state = 'pruned',
                detail = detail || jsonb_build_object('prunedAt', clock_timestamp())
            WHERE b.kind = 'dump' AND b.location = $1 AND b.state IN ('verified', 'outdated')
              AND NOT EXISTS (SELECT FROM nightshift.runs r WHERE r.state IN ('preflight', 'backup'))
              AND NOT EXISTS (SELECT FROM nightshift.backups o JOIN nightshift.runs r ON r.id = o.run_id
                  WHERE o.location = $1 AND o.state = 'verified' AND r.state <> 'succeeded')""";

    private static final String RUNS = "SELECT r.id, r.plan_name, r.state = 'succeeded' FROM nightshift.runs r";

    private static final String HAS_WRITTEN = "SELECT " + BackupSql.hasWritten("$1");

    private final PgSessions sessions;

    public PgBackupJournal(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String started(
            Attempt attempt, KeptBackup.Kind kind, String location, String verification, Duration maxAge) {
        String run = attempt.claim().run().text();
        Tuple parameters = Tuple.of(run, kind.word(), location, verification, maxAge.toMillis());
        return write(attempt, START + " WHERE ", " RETURNING id", parameters);
    }

    @Override
    public void before(Attempt attempt, String id, Lsn position) {
        write(attempt, BEFORE + " AND ", " RETURNING id", Tuple.of(id, position.toString()));
    }

    @Override
    public void called(Attempt attempt, String id, Provider.Begun begun) {
        JsonObject detail = new JsonObject().put("handle", begun.handle());
        write(attempt, CALLED + " AND ", " RETURNING id", Tuple.of(id, begun.location(), detail));
    }

    @Override
    public void attested(Attempt attempt, String id, Attested attested) {
        Provider.Found found = attested.found();
        JsonObject detail = new JsonObject()
                .put("handle", found.handle())
                .put("takenAt", found.at().toString())
                .put("system", attested.system())
                .put("unchecked", new JsonArray(found.unchecked()));
        attested.after().ifPresent(lsn -> detail.put("lsnAfter", lsn.toString()));
        Tuple parameters = Tuple.tuple()
                .addString(id)
                .addString(found.location())
                .addString(attested.verification())
                .addLong(found.size().map(ByteSize::bytes).orElse(null))
                .addString(attested.catalogHash().orElse(null))
                .addOffsetDateTime(found.at().atOffset(ZoneOffset.UTC))
                .addBoolean(attested.after().isPresent())
                .addJsonObject(detail);
        write(attempt, ATTESTED + " AND ", " RETURNING id", parameters);
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
    public List<KeptBackup> candidates(RunId run, KeptBackup.Kind kind, Duration maxAge) {
        return read(CANDIDATES + LATEST_FIRST, Tuple.of(run.text(), kind.word(), maxAge.toMillis()));
    }

    @Override
    public Optional<Instant> lastWrite() {
        OffsetDateTime last =
                rows(BackupSql.LAST_WRITE, Tuple.tuple()).iterator().next().getOffsetDateTime(0);
        return Optional.ofNullable(last).map(OffsetDateTime::toInstant);
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

    @Override
    public List<Pruning.OfRun> withRuns() {
        Map<String, Row> runs = new HashMap<>();
        rows(RUNS, Tuple.tuple()).forEach(row -> runs.put(row.getString(0), row));
        List<Pruning.OfRun> found = new ArrayList<>();
        for (KeptBackup backup : all()) {
            Row run = runs.get(backup.run().text());
            if (run != null) {
                found.add(new Pruning.OfRun(backup, run.getString(1), run.getBoolean(2)));
            }
        }
        return found;
    }

    @Override
    public boolean prune(KeptBackup backup) {
        try (PgSession session = sessions.session(SessionSettings.control("nightshift/backups/prune"))) {
            return session.run(PRUNE, Tuple.of(backup.location()), PATIENCE).rowCount() > 0;
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "noting that a backup is deleted", Explanation.NOTHING_CHANGED);
        }
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
                KeptBackup.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                KeptBackup.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("location"),
                row.getString("verification"),
                Optional.ofNullable(row.getLong("bytes")).map(ByteSize::new),
                Optional.ofNullable(row.getString("lsn")).map(Lsn::parse),
                Optional.ofNullable(row.getString("catalog_hash")),
                row.getOffsetDateTime("started_at").toInstant(),
                Duration.ofSeconds(row.getLong("age")),
                Optional.ofNullable(row.getOffsetDateTime("verified_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(detail.getString("servesFrom")),
                Optional.ofNullable(detail.getString("handle")),
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
