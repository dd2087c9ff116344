package dev.nightshift.postgres;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Journal;
import dev.nightshift.drive.KeptReading;
import dev.nightshift.drive.Report;
import dev.nightshift.drive.Superseded;
import dev.nightshift.drive.Took;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The journal in the target database; each write stands in one statement that the lease has to allow. */
public final class PgJournal implements Journal {

    private static final String LEASE_IS_MINE =
            " EXISTS (SELECT FROM nightshift.lease l WHERE l.token = $1 AND l.expires_at > clock_timestamp()) ";

    /** Of a run that begins or begins again. */
    private static final String IN_THE_WAY = "SELECT FROM nightshift.runs o, nightshift.runs me WHERE me.id = $2"
            + " AND o.id <> me.id AND o.ended_at IS NULL AND NOT $7"
            + " AND (o.state <> 'planned' OR o.plan_hash = me.plan_hash)";

    private static final String MOVE = """
            WITH moved AS (
                UPDATE nightshift.runs SET state = $4, detail = $5, moves = moves + 1, moved_at = clock_timestamp(),
                    started_at = CASE WHEN $6 THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
                    started_lsn = CASE WHEN $6 THEN coalesce(started_lsn, pg_current_wal_insert_lsn()) ELSE started_lsn END,
                    ended_at = CASE WHEN $7 THEN clock_timestamp() END,
                    ended_lsn = CASE WHEN $7 THEN pg_current_wal_insert_lsn() END
                WHERE id = $2 AND moves = $3 AND NOT EXISTS (""" + IN_THE_WAY + ") AND" + LEASE_IS_MINE + """
                RETURNING id),
            cut_off AS (
                UPDATE nightshift.steps s SET detail = s.detail || jsonb_build_object('cut_off', greatest(
                    (s.detail ->> 'cut_off')::float8, extract(epoch FROM clock_timestamp() - s.begun_at)::float8))
                FROM moved, nightshift.runs before
                WHERE $4 = 'parked' AND before.id = moved.id AND s.run_id = moved.id AND s.state = 'running'
                  AND s.class <> 'pausable' AND s.kind <> 'verify' AND s.begun_at >= before.moved_at)
            INSERT INTO nightshift.events (run_id, kind, subject, message, detail)
            SELECT id, $8, $9, $10, $5 || jsonb_build_object('state', $4::text) FROM moved RETURNING id""";

    private static final String NOTE = "INSERT INTO nightshift.events (run_id, kind, subject, message, detail)"
            + " SELECT r.id, $3, $4, $5, r.detail || jsonb_build_object('state', r.state) FROM nightshift.runs r"
            + " WHERE r.id = $2 AND" + LEASE_IS_MINE + "RETURNING id";

    private static final String REPORT = "SELECT (SELECT jsonb_agg(to_jsonb(i) ORDER BY i.id) FROM nightshift.intents i"
            + " WHERE i.run_id = $1 AND i.observed_at IS NULL) AS intents, "
            + JournalRows.HEARTBEAT_OF_RUN + " AS heartbeat, " + JournalRows.STEPS_OF_RUN + " AS steps, "
            + JournalRows.BACKUP_OF_RUN + " AS backup, "
            + "(SELECT r.created_by FROM nightshift.runs r WHERE r.id = $1) AS submitter, "
            + "(SELECT jsonb_agg(a.person ORDER BY a.approved_at) FROM nightshift.approvals a WHERE a.run_id = $1) AS people, "
            + JournalRows.FREEZES + " AS freezes, " + JournalRows.DOWN_OF_RUN + " AS down";

    private static final String OBSERVED = """
            WITH seen AS (
                UPDATE nightshift.intents SET observed_at = clock_timestamp(), outcome = $3
                WHERE id = $2 AND observed_at IS NULL AND""" + LEASE_IS_MINE + """
                RETURNING *)
            INSERT INTO nightshift.events (run_id, kind, subject, message, detail)
            SELECT s.run_id, 'command', s.kind, s.asked_by || ' from ' || s.asked_from || ': ' || s.reason || ' -> ' || $3,
                r.detail || jsonb_build_object('state', r.state, 'by', s.asked_by, 'from', s.asked_from)
            FROM seen s JOIN nightshift.runs r ON r.id = s.run_id
            RETURNING id""";

    private static final String APPROVE = """
            WITH approved AS (
                UPDATE nightshift.steps SET state = CASE WHEN kind = 'hold' THEN 'done' ELSE 'running' END,
                    ended_at = CASE WHEN kind = 'hold' THEN clock_timestamp() END,
                    detail = detail || jsonb_build_object('note', 'approved by ' || $3)
                WHERE run_id = $2 AND state = 'asking' AND""" + LEASE_IS_MINE + """
                RETURNING run_id, name)
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT run_id, 'approved', name, 'by ' || $3 FROM approved RETURNING id""";

    private static final String APPROVE_PLAN = """
            INSERT INTO nightshift.approvals (run_id, person, plan_hash, approved_by, approved_from, reason)
            SELECT r.id, $3, r.plan_hash, i.asked_by, i.asked_from, i.reason
            FROM nightshift.intents i JOIN nightshift.runs r ON r.id = i.run_id WHERE i.id = $2 AND""" + LEASE_IS_MINE + """
            ON CONFLICT DO NOTHING""";

    /** The lease is asked first: nothing set aside because nothing had to be is another answer than a refusal. */
    private static final String JUDGE_BACKUP =
            """
            WITH allowed AS MATERIALIZED (SELECT true WHERE""" + LEASE_IS_MINE + """
            ), outdated AS (
                UPDATE nightshift.backups b SET state = 'outdated'
                WHERE b.run_id = $2 AND b.state = 'verified' AND EXISTS (SELECT FROM allowed) AND NOT %s
                  AND (b.started_at < clock_timestamp() - b.max_age OR b.started_at < (%s))
                RETURNING b.id, b.run_id, b.location, b.started_at < clock_timestamp() - b.max_age AS old),
            told AS (
                INSERT INTO nightshift.events (run_id, kind, subject, message)
                SELECT o.run_id, 'backup-outdated', o.id, CASE WHEN o.old THEN 'it is older than the plan''s maxAge'
                    ELSE 'another run has written since' END || ': another one is taken, and ' || o.location || ' stays'
                FROM outdated o)
            SELECT FROM allowed""".formatted(BackupSql.hasWritten("$2"), BackupSql.LAST_WRITE);

    /** What a step had come to is kept until it begins again: an abort before that has to know whether it left anything. */
    private static final String REOPEN = """
            WITH allowed AS MATERIALIZED (SELECT true WHERE""" + LEASE_IS_MINE + """
            ), reopened AS (
                UPDATE nightshift.steps s SET state = 'pending',
                    detail = s.detail - 'failure' || jsonb_build_object('reopened', s.state)
                WHERE s.run_id = $2 AND s.part = $3 AND s.state IN ('failed', 'unclear') AND EXISTS (SELECT FROM allowed))
            SELECT FROM allowed""";

    /** The newest time of each step that came to its end, and of this run's own the longest that was cut off. */
    private static final String TIMES_BEFORE = """
            SELECT s.name, t.run_id, t.seconds, t.whole FROM nightshift.steps s
            JOIN nightshift.runs r ON r.id = s.run_id
            CROSS JOIN LATERAL (
                (SELECT b.run_id, extract(epoch FROM b.ended_at - b.begun_at)::float8 AS seconds, true AS whole
                 FROM nightshift.runs e JOIN nightshift.steps b ON b.run_id = e.id
                 WHERE e.plan_name = r.plan_name AND e.id <> r.id AND b.name = s.name AND b.kind = s.kind
                   AND b.part = 'work' AND b.state = 'done' AND b.ended_at > b.begun_at
                 ORDER BY b.ended_at DESC LIMIT 1)
                UNION ALL
                SELECT s.run_id, (s.detail ->> 'cut_off')::float8, false WHERE s.detail ? 'cut_off') t
            WHERE s.run_id = $1 AND s.part = 'work'""";

    private static final String KEEP = """
            INSERT INTO nightshift.readings (run_id, at, signal, subject, value)
            SELECT $1, * FROM unnest($2::timestamptz[], $3::text[], $4::text[], $5::float8[])
            ON CONFLICT DO NOTHING""";

    private static final String STANDING =
            "SELECT l.token = $1 AS mine, l.expires_at > clock_timestamp() AS live FROM nightshift.lease l";

    private final PgLine line;
    private final UUID lease;

    public PgJournal(PgLine line, UUID lease) {
        this.line = line;
        this.lease = lease;
    }

    @Override
    public Future<RunRecord> load(RunId run) {
        return line.ask(
                        "reading the run",
                        "SELECT " + JournalRows.RUN_COLUMNS + " FROM nightshift.runs r WHERE r.id = $1",
                        Tuple.of(run.text()))
                .map(rows -> one(rows)
                        .map(JournalRows::run)
                        .orElseThrow(() -> new Permanent(new Explanation(
                                "there is no run " + run + " in this database",
                                "looking the run up",
                                Explanation.NOTHING_CHANGED,
                                "see `nightshift history` for the runs there are"))));
    }

    @Override
    public Future<RunRecord> move(RunRecord before, RunState next, Event event) {
        Tuple values = Tuple.of(lease, before.id().text(), before.moves(), next.word(), RunStates.detail(next))
                .addBoolean(next instanceof Working)
                .addBoolean(next.isEnd())
                .addString(event.kind())
                .addString(event.subject())
                .addString(event.message());
        return fenced("writing that the run is " + next.word(), MOVE, values).map(v -> before.moved(next));
    }

    @Override
    public Future<Void> note(RunId run, Event event) {
        return fenced(
                "writing to the run's history",
                NOTE,
                Tuple.of(lease, run.text(), event.kind(), event.subject(), event.message()));
    }

    @Override
    public Future<Optional<ReplicaSet>> pinned(RunId run) {
        return line.ask(
                        "reading the pinned replicas",
                        "SELECT pinned FROM nightshift.runs WHERE id = $1 AND pinned IS NOT NULL",
                        Tuple.of(run.text()))
                .map(rows -> one(rows).map(row -> PinnedReplicas.read(row.getJsonObject(0))));
    }

    @Override
    public Future<Void> pin(RunId run, ReplicaSet replicas) {
        return fenced(
                "writing the pinned replicas",
                "UPDATE nightshift.runs SET pinned = $3 WHERE id = $2 AND" + LEASE_IS_MINE,
                Tuple.of(lease, run.text(), PinnedReplicas.write(replicas)));
    }

    @Override
    public Future<Report> report(RunId run) {
        return line.ask("reading what the worker wrote", REPORT, Tuple.of(run.text()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Report(
                            JournalRows.list(row.getJsonArray("intents"), JournalRows::intent),
                            Optional.ofNullable(row.getJsonObject("heartbeat")).map(JournalRows::heartbeat),
                            JournalRows.list(row.getJsonArray("steps"), JournalRows::step),
                            Optional.ofNullable(row.getJsonObject("backup")).map(JournalRows::backup),
                            JournalRows.approvals(row, "submitter"),
                            JournalRows.list(row.getJsonArray("freezes"), JournalRows::freeze),
                            JournalRows.list(row.getJsonArray("down"), WorkloadRows::stopped));
                });
    }

    @Override
    public Future<Void> observed(Intent intent, String outcome) {
        return fenced("answering a command", OBSERVED, Tuple.of(lease, intent.id(), outcome));
    }

    @Override
    public Future<Void> approve(RunId run, String by) {
        return line.ask("approving a step", APPROVE, Tuple.of(lease, run.text(), by))
                .mapEmpty();
    }

    @Override
    public Future<Void> approvePlan(Intent intent) {
        return line.ask("approving the plan", APPROVE_PLAN, Tuple.of(lease, intent.id(), Approvals.person(intent.by())))
                .mapEmpty();
    }

    @Override
    public Future<List<Took>> timesBefore(RunId run) {
        return line.ask("reading how long steps took before", TIMES_BEFORE, Tuple.of(run.text()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Took(
                                row.getString("name"),
                                Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000)),
                                new RunId(row.getString("run_id")),
                                row.getBoolean("whole")))
                        .toList());
    }

    @Override
    public Future<Void> judgeBackup(RunId run) {
        return fenced("looking how old the backup is", JUDGE_BACKUP, Tuple.of(lease, run.text()));
    }

    @Override
    public Future<Void> reopenSteps(RunId run, boolean abort) {
        Tuple values = Tuple.of(lease, run.text(), abort ? "abort" : "work");
        return fenced("putting failed steps back to pending", REOPEN, values);
    }

    @Override
    public Future<Void> keep(RunId run, List<KeptReading> readings) {
        Tuple values = Tuple.of(
                run.text(),
                readings.stream()
                        .map(r -> OffsetDateTime.ofInstant(r.at(), ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                readings.stream().map(KeptReading::signal).toArray(String[]::new),
                readings.stream().map(KeptReading::subject).toArray(String[]::new),
                readings.stream().map(KeptReading::value).toArray(Double[]::new));
        return line.ask("writing readings", KEEP, values).mapEmpty();
    }

    /** Carries out a statement that changes nothing unless the lease is ours and the run stands where it was read. */
    private Future<Void> fenced(String doing, String sql, Tuple values) {
        return line.ask(doing, sql, values)
                .compose(rows -> rows.rowCount() == 0 ? refused(doing) : Future.succeededFuture());
    }

    /** A lease that ran out on the way, behind a silent network, and that nobody else took is renewed at the next tick. */
    private Future<Void> refused(String doing) {
        return line.ask("looking why nothing was written", STANDING, Tuple.of(lease))
                .compose(rows -> one(rows)
                                .filter(row -> row.getBoolean("mine") && !row.getBoolean("live"))
                                .isPresent()
                        ? Future.failedFuture(new Transient(new Explanation(
                                "the lease of this database had run out when the database was reached",
                                doing,
                                "as the journal has it; nothing was written",
                                "nothing: it is renewed as long as nobody else took it")))
                        : Future.failedFuture(new Superseded(
                                one(rows).filter(row -> row.getBoolean("mine")).isPresent()
                                        ? "another run is active, or somebody changed this one, while " + doing
                                        : "lost the lease while " + doing)));
    }

    private static Optional<Row> one(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }
}
