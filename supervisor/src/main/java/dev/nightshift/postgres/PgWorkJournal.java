package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.WorkPace;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Standing;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import dev.nightshift.worker.WorkJournal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The journal as a worker sees it, on a session of its own; every write checks the claim in the same statement. */
public final class PgWorkJournal implements WorkJournal {

    private static final String RUN = "SELECT " + JournalRows.RUN_COLUMNS + " FROM nightshift.runs r WHERE r.id = $1";

    private static final String STEPS = "SELECT " + JournalRows.STEPS_OF_RUN + " AS steps";

    private static final String STANDING = """
            SELECT EXISTS (SELECT FROM nightshift.claims c
                           WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3) AS ours,
                   p.run_id IS NOT NULL AS permitted, p.wal_rate, p.before_step,
                   EXISTS (SELECT FROM nightshift.lease l WHERE l.expires_at > clock_timestamp()) AS supervised
            FROM (VALUES (1)) one
            LEFT JOIN nightshift.permits p
                ON p.run_id = $1 AND NOT p.revoked AND p.valid_until > clock_timestamp()""";

    private static final String BEAT = """
            WITH beat AS (
                INSERT INTO nightshift.heartbeats AS h (run_id, epoch, host, pid, beat_at, activity, pace)
                SELECT $1, $2, $4, $5, clock_timestamp(), $6, $7
                FROM nightshift.claims c WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3
                ON CONFLICT (run_id) DO UPDATE SET epoch = excluded.epoch, host = excluded.host, pid = excluded.pid,
                    beat_at = excluded.beat_at, activity = excluded.activity, pace = excluded.pace
                WHERE h.epoch <= excluded.epoch)
            """ + STANDING;

    /** The claim's row is locked first: a step's state is never written after the claim was lost. */
    private static final String STEP = """
            WITH mine AS MATERIALIZED (
                SELECT c.epoch FROM nightshift.claims c
                WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3 FOR UPDATE)
            UPDATE nightshift.steps s SET %s
            WHERE s.run_id = $1 AND s.ordinal = $4 AND EXISTS (SELECT FROM mine)""";

    /** Indexes that were invalid before the run touched anything are not the run's to clear away. */
    private static final String BEGIN = STEP.formatted("""
            state = 'running', wal = s.wal + %s, wal_from = CASE WHEN s.kind IN ('schema', 'statement', 'external')
                THEN pg_current_wal_insert_lsn() END, started_at = coalesce(s.started_at, clock_timestamp()),
            begun_at = clock_timestamp(), ended_at = NULL,
            detail = s.detail - '{failure,note,answer,reopened}'::text[]
                - CASE WHEN s.state = 'pending' THEN 'sent' ELSE '' END
                || CASE WHEN s.ordinal > 0 OR s.detail ? 'invalid_before' THEN '{}'
                ELSE jsonb_build_object('invalid_before', (SELECT coalesce(jsonb_agg(i.indexrelid::bigint), '[]')
                                                           FROM pg_index i WHERE NOT i.indisvalid)) END""".formatted(WalAccounts.OPEN));

    private static final String TURN = STEP.formatted("""
            state = $5, detail = s.detail || $6, wal = s.wal + %s, wal_from = NULL,
            ended_at = CASE WHEN $5 IN ('done', 'failed') THEN clock_timestamp() END""".formatted(WalAccounts.OPEN));

    private static final String FINISH = STEP.formatted("""
            state = 'done', ended_at = coalesce(s.ended_at, clock_timestamp()), wal = s.wal + %s, wal_from = NULL,
            detail = s.detail || jsonb_build_object('note', $5::text),
            rows_total = CASE WHEN s.kind IN ('backfill', 'copy', 'delete') THEN
                (SELECT sum(p.rows)::bigint FROM nightshift.progress p WHERE p.run_id = $1 AND p.step = $4)
                ELSE s.rows_total END""".formatted(WalAccounts.OPEN));

    private static final String EXPECT = STEP.formatted("rows_total = $5");

    private static final String BACKED_UP =
            "SELECT FROM nightshift.backups b WHERE b.run_id = $1 AND b.state = 'verified' AND "
                    + BackupSql.hasWritten("$1");

    private final ControlLine line;
    private final Claim claim;

    public PgWorkJournal(PgSessions sessions, Claim claim, Mandate mandate) {
        this.line = new ControlLine(sessions, SessionSettings.control(claim.sessionName(mandate.role("control"))));
        this.claim = claim;
    }

    ControlLine line() {
        return line;
    }

    @Override
    public RunRecord run() {
        return JournalRows.run(ask("reading the run", RUN, Tuple.of(claim.run().text()))
                .iterator()
                .next());
    }

    @Override
    public List<StepRecord> steps() {
        RowSet<Row> rows = ask("reading the steps", STEPS, Tuple.of(claim.run().text()));
        return JournalRows.list(rows.iterator().next().getJsonArray("steps"), JournalRows::step);
    }

    @Override
    public boolean isBackedUp() {
        return ask("looking for a backup", BACKED_UP, Tuple.of(claim.run().text()))
                        .size()
                > 0;
    }

    @Override
    public void markBefore() {
        RestorePoint.mark(line, claim);
    }

    @Override
    public Standing beat(String activity, WorkPace pace) {
        JsonObject json = new JsonObject()
                .put("rowsPerSecond", pace.rowsPerSecond())
                .put("walPerSecond", pace.walPerSecond())
                .put("batchRows", pace.batchRows())
                .put("batchMillis", pace.batchMillis())
                .put("batchCounts", new JsonArray(pace.times().counts()))
                .put("batchMicros", new JsonArray(pace.times().micros()));
        Tuple values = own().addString(host())
                .addLong(ProcessHandle.current().pid())
                .addString(activity)
                .addJsonObject(json);
        return standing(ask("writing the heartbeat", BEAT, values));
    }

    @Override
    public Standing standing() {
        return standing(ask("looking for a permit", STANDING, own()));
    }

    @Override
    public StepRecord.State stateOf(int ordinal) {
        return stateOf(ordinal, "s.state");
    }

    @Override
    public StepRecord.State stateBeforeRetry(int ordinal) {
        return stateOf(ordinal, "coalesce(s.detail ->> 'reopened', s.state)");
    }

    private StepRecord.State stateOf(int ordinal, String state) {
        String sql = "SELECT " + state + " AS state FROM nightshift.steps s WHERE s.run_id = $1 AND s.ordinal = $2";
        RowSet<Row> rows = ask("reading a step", sql, Tuple.of(claim.run().text(), ordinal));
        return state(rows.iterator().next().getString("state"));
    }

    @Override
    public void begin(int ordinal) {
        write(BEGIN, own().addInteger(ordinal));
    }

    @Override
    public void finish(int ordinal, String note) {
        write(FINISH, own().addInteger(ordinal).addString(note));
    }

    @Override
    public void fail(int ordinal, Failure failure) {
        turn(ordinal, "failed", new JsonObject().put("failure", RunStates.failure(failure)));
    }

    @Override
    public void ask(int ordinal, String question) {
        turn(ordinal, "asking", new JsonObject().put("note", question));
    }

    @Override
    public void unclear(int ordinal, Explanation explanation) {
        JsonObject json = RunStates.failure(new Failure(Failure.Kind.STEP, explanation));
        turn(
                ordinal,
                "unclear",
                new JsonObject()
                        .put("note", String.join(" · ", explanation.lines()))
                        .put("failure", json));
    }

    @Override
    public Optional<StepReply> reply(int ordinal) {
        String sql =
                "SELECT s.detail -> 'answer' AS answer FROM nightshift.steps s WHERE s.run_id = $1 AND s.ordinal = $2";
        RowSet<Row> rows = ask(
                "reading what the supervisor says", sql, Tuple.of(claim.run().text(), ordinal));
        return Optional.ofNullable(rows.iterator().next().getJsonObject("answer"))
                .map(WorkloadRows::answer);
    }

    @Override
    public void expect(int ordinal, long rows) {
        write(EXPECT, own().addInteger(ordinal).addLong(rows));
    }

    @Override
    public void close() {
        line.close();
    }

    private void turn(int ordinal, String state, JsonObject detail) {
        write(TURN, own().addInteger(ordinal).addString(state).addJsonObject(detail));
    }

    private void write(String sql, Tuple values) {
        if (ask("writing down where the step is", sql, values).rowCount() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
    }

    private RowSet<Row> ask(String doing, String sql, Tuple values) {
        return line.ask(doing, sql, values);
    }

    private Tuple own() {
        return Tuple.tuple()
                .addString(claim.run().text())
                .addLong(claim.epoch())
                .addUUID(claim.token());
    }

    private static Standing standing(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Long rate = row.getLong("wal_rate");
        Integer before = row.getInteger("before_step");
        return new Standing(
                row.getBoolean("ours"),
                row.getBoolean("permitted"),
                rate == null ? OptionalLong.empty() : OptionalLong.of(rate),
                before == null ? OptionalInt.empty() : OptionalInt.of(before),
                row.getBoolean("supervised"));
    }

    private static StepRecord.State state(String word) {
        return StepRecord.State.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
