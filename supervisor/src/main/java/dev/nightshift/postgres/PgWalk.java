package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Walk;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One key walk with its session for batches and another one for looking around. */
final class PgWalk implements Walk {

    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Within a batch's lock timeout of 200 ms, when whoever is in the way still is. */
    private static final Duration LOOK_FOR_BLOCKERS = Duration.ofMillis(120);

    private final PgSessions sessions;
    private final BackfillStep step;
    private final int ordinal;
    private final Attempt attempt;
    private final WalkSql sql;
    private final ControlLine beside;
    private final Duration statementTimeout;
    private PgSession session;
    private int gaveWay;
    private volatile String blocker = "";

    PgWalk(PgSessions sessions, BackfillStep step, int ordinal, Attempt attempt, TableShape shape) {
        this.sessions = sessions;
        this.step = step;
        this.ordinal = ordinal;
        this.attempt = attempt;
        this.sql = new WalkSql(step, shape, attempt.mandate());
        this.beside = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("beside")));
        SessionSettings settings = settings();
        this.statementTimeout = settings.statementTimeout();
        this.session = BatchSession.open(sessions, settings, attempt);
    }

    private SessionSettings settings() {
        return SessionSettings.batch(attempt.sessionName("batch"), step.batch().time());
    }

    @Override
    public OptionalLong estimate() {
        return trying("estimating the rows", () -> RowEstimate.of(session, step));
    }

    @Override
    public Position position() {
        return trying("reading the cursor", () -> {
            WalkCursorRow row = WalkCursorRow.read(session, attempt.claim(), ordinal);
            if (row.begun()) {
                return KeyCursor.position(row.cursor());
            }
            KeyCursor first = KeyCursor.first(keysOf(session.run(sql.lastKey(), Tuple.tuple(), patience())));
            WalkCursorRow.begin(session, attempt.claim(), ordinal, first.text());
            return KeyCursor.position(first.text());
        });
    }

    @Override
    public BatchResult batch(Position from, int rows) {
        KeyCursor cursor = KeyCursor.read(from.cursor());
        Tuple values = cursor.addKeys(Tuple.tuple()
                .addString(attempt.claim().run().text())
                .addLong(attempt.claim().epoch())
                .addUUID(attempt.claim().token())
                .addInteger(ordinal)
                .addString(from.cursor())
                .addLong(rows - 1L));
        try {
            RowSet<Row> answer = gaveWay == 0 ? run(cursor, values) : runNamingBlockers(cursor, values);
            gaveWay = 0;
            return answer.size() == 0
                    ? whyNothing(from)
                    : done(answer.iterator().next());
        } catch (RuntimeException e) {
            return failed(e, cursor);
        }
    }

    private RowSet<Row> run(KeyCursor cursor, Tuple values) {
        return session.run(sql.batch(cursor.lower()), values, patience());
    }

    /** Looks in the middle of the lock timeout who is in the way, so that people can be told. */
    private RowSet<Row> runNamingBlockers(KeyCursor cursor, Tuple values) {
        PgSession mine = session;
        Thread looking = new Thread(
                () -> {
                    if (!new Stop().await(LOOK_FOR_BLOCKERS)) {
                        String found = Blockers.of(beside, mine.pid());
                        blocker = found.isEmpty() ? blocker : found;
                    }
                },
                "blockers");
        looking.setDaemon(true);
        looking.start();
        return run(cursor, values);
    }

    private BatchResult done(Row row) {
        Long rate = row.getLong("wal_rate");
        String example = row.getString("example");
        return new BatchResult.Done(
                KeyCursor.position(row.getString("cursor")),
                row.getLong("changed"),
                row.getLong("still"),
                example == null ? "" : example,
                row.getLong("wal"),
                rate == null ? OptionalLong.empty() : OptionalLong.of(rate));
    }

    private BatchResult failed(RuntimeException e, KeyCursor cursor) {
        SqlState state = SqlStates.of(e);
        switch (state) {
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, CANCELLED -> {
                gaveWay++;
                String why = state == SqlState.CANCELLED
                        ? "the batch took longer than " + PgFailures.words(statementTimeout)
                        : blocker.isEmpty() ? "rows are locked by another session" : blocker;
                return new BatchResult.GaveWay(why);
            }
            case CONNECTION_LOST, UNREACHABLE -> {
                session.close();
                return new BatchResult.Lost(PgFailures.what(e));
            }
            default ->
                throw WorkSessions.trouble(
                        e,
                        "updating " + step.table() + " behind key "
                                + cursor.after().orElse(List.of()),
                        "the batches before it are committed, this one is not");
        }
    }

    private BatchResult whyNothing(Position from) {
        return trying("asking why a batch did nothing", () -> {
            WalkCursorRow row = WalkCursorRow.read(session, attempt.claim(), ordinal);
            boolean same = row.begun() && KeyCursor.read(row.cursor()).equals(KeyCursor.read(from.cursor()));
            return same ? new BatchResult.NotPermitted() : new BatchResult.Moved();
        });
    }

    @Override
    public long countMatching() {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("sweep"), LONGEST_SWEEP);
        try (PgSession reading = WorkSessions.open(sessions, settings, attempt)) {
            return RunningStatement.start(reading, sql.countMatching())
                    .await(beside, attempt.stop(), pid -> true)
                    .iterator()
                    .next()
                    .getLong("n");
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "counting what is left of " + step.table(), "the pass before it is done");
        }
    }

    @Override
    public Position startSweep(Position from, int sweep, long found) {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("sweep"), LONGEST_SWEEP);
        try (PgSession reading = WorkSessions.open(sessions, settings, attempt)) {
            List<List<String>> ends = new ArrayList<>();
            if (sweep > 0) {
                RunningStatement.start(reading, sql.matchingRange())
                        .await(beside, attempt.stop(), pid -> true)
                        .forEach(row -> ends.add(keys(row)));
            }
            KeyCursor next = ends.isEmpty()
                    ? KeyCursor.sweep(sweep, found, Optional.empty(), Optional.empty())
                    : KeyCursor.sweep(sweep, found, Optional.of(ends.get(0)), Optional.of(ends.get(ends.size() - 1)));
            return trying("beginning a sweep", () -> {
                WalkCursorRow.move(session, attempt.claim(), ordinal, from.cursor(), next.text());
                return KeyCursor.position(next.text());
            });
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "looking for what is left of " + step.table(), "the pass before it is done");
        }
    }

    @Override
    public String analyze() {
        SessionSettings settings = SessionSettings.patient(attempt.sessionName("analyze"));
        try (PgSession patient = WorkSessions.open(sessions, settings, attempt)) {
            RunningStatement.start(patient, "ANALYZE " + sql.table()).await(beside, attempt.stop(), pid -> true);
            return "";
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.PRIVILEGE) {
                return "not analyzed: the role does not own " + step.table();
            }
            throw WorkSessions.trouble(e, "analyzing " + step.table(), "every row is done");
        }
    }

    @Override
    public void reopen() {
        session.close();
        session = BatchSession.open(sessions, settings(), attempt);
    }

    @Override
    public void close() {
        session.close();
        beside.close();
    }

    private interface Tried<T> {
        T get();
    }

    /** What fails here has changed nothing but the cursor; a lost session is opened again for the next try. */
    private <T> T trying(String doing, Tried<T> tried) {
        try {
            if (!session.isOpen()) {
                reopen();
            }
            return tried.get();
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, doing, "as the journal's cursor says");
        }
    }

    private Duration patience() {
        return statementTimeout.plus(GRACE);
    }

    private Optional<List<String>> keysOf(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(keys(rows.iterator().next()));
    }

    private List<String> keys(Row row) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < sql.keySize(); i++) {
            keys.add(row.getString(i));
        }
        return keys;
    }
}
