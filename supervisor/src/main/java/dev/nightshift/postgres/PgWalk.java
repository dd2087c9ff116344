package dev.nightshift.postgres;

import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.postgres.Route.Batch;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Tidying;
import dev.nightshift.worker.Walks.Walk;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** One walk along its route, with its session for batches and another one for looking around. */
final class PgWalk implements Walk {

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Within a batch's lock timeout of 200 ms, when whoever is in the way still is. */
    private static final Duration LOOK_FOR_BLOCKERS = Duration.ofMillis(120);

    private final PgSessions sessions;
    private final WalkStep step;
    private final int ordinal;
    private final Attempt attempt;
    private final ControlLine beside;
    private final Duration statementTimeout;
    private final Change change;
    private final LongReading reading;
    private final Route route;
    private final long walked;
    private PgSession session;
    private int gaveWay;
    private boolean around;
    private volatile String blocker = "";

    PgWalk(PgSessions sessions, WalkStep step, int ordinal, Attempt attempt, TableShape shape) {
        this.sessions = sessions;
        this.step = step;
        this.ordinal = ordinal;
        this.attempt = attempt;
        this.beside = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("beside")));
        this.walked = shape.oid();
        SessionSettings settings = settings("batch");
        this.statementTimeout = settings.statementTimeout();
        this.change = shape.change();
        this.reading = new LongReading(sessions, attempt, beside);
        this.route = shape.byHeap()
                ? new HeapRoute(
                        step,
                        shape,
                        attempt.mandate(),
                        reading,
                        new HeapSettling(sessions, settings("settling"), attempt, beside),
                        patience())
                : new KeyRoute(step, shape, attempt.mandate(), reading, patience());
        this.session = BatchSession.open(sessions, settings, attempt);
    }

    private SessionSettings settings(String role) {
        return SessionSettings.batch(attempt.sessionName(role), step.batch().time());
    }

    @Override
    public OptionalLong estimate() {
        return trying("estimating the rows", () -> RowEstimate.of(session, step));
    }

    /** A cursor of another route is no use: the rows that are done are left by `where`. */
    @Override
    public Position position() {
        return trying("reading the cursor", () -> {
            WalkCursorRow row = WalkCursorRow.read(session, attempt.claim(), ordinal);
            if (!row.begun()) {
                if (change.keeps()) {
                    KeptMaking.make(session, step, change.kept().orElseThrow(), attempt);
                }
                String first = route.first(session);
                WalkCursorRow.begin(session, attempt.claim(), ordinal, first);
                return route.position(first);
            }
            boolean ours = new JsonObject(row.cursor()).getString("walk").equals(route.name());
            return moved(row.cursor(), ours ? route.onwards(session, row.cursor()) : route.first(session));
        });
    }

    private Position moved(String from, String to) {
        if (!from.equals(to)) {
            WalkCursorRow.move(session, attempt.claim(), ordinal, from, to);
        }
        return route.position(to);
    }

    @Override
    public BatchResult batch(Position from, int rows, double walBytes) {
        Batch batch = route.batch(attempt.claim(), ordinal, from, rows, walBytes, around);
        try {
            RowSet<Row> answer = gaveWay == 0 ? run(batch) : runNamingBlockers(batch);
            gaveWay = 0;
            around = false;
            return answer.size() == 0
                    ? whyNothing(from)
                    : done(batch, answer.iterator().next());
        } catch (RuntimeException e) {
            return failed(e, from);
        }
    }

    private RowSet<Row> run(Batch batch) {
        return session.run(batch.sql(), batch.values(), patience());
    }

    /** Looks in the middle of the lock timeout who is in the way, so that people can be told. */
    private RowSet<Row> runNamingBlockers(Batch batch) {
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
        return run(batch);
    }

    private BatchResult done(Batch batch, Row row) {
        Long rate = row.getLong("wal_rate");
        String example = row.getString("example");
        BatchResult.Done done = new BatchResult.Done(
                route.reached(row.getString("cursor")),
                batch.rows(),
                row.getLong("changed"),
                row.getLong("still"),
                example == null ? "" : example,
                row.getLong("wal"),
                rate == null ? OptionalLong.empty() : OptionalLong.of(rate));
        route.learn(done, row.getLong("hot"));
        return done.at(trying("looking where to go on", () -> {
            route.settle(session);
            return onwards(done.position());
        }));
    }

    private Position onwards(Position from) {
        return from.exhausted() || !route.over(from.cursor())
                ? from
                : moved(from.cursor(), route.onwards(session, from.cursor()));
    }

    private BatchResult failed(RuntimeException e, Position from) {
        SqlState state = SqlStates.of(e);
        switch (state) {
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, CANCELLED -> {
                gaveWay++;
                around = state != SqlState.CANCELLED;
                String why = state == SqlState.CANCELLED
                        ? "the batch took longer than " + PgFailures.words(statementTimeout)
                        : blocker.isEmpty() ? "rows are locked by another session" : blocker;
                return new BatchResult.GaveWay(why);
            }
            case CONNECTION_LOST, UNREACHABLE -> {
                session.close();
                return new BatchResult.Lost(PgFailures.what(e));
            }
            case MISSING -> {
                if (trying("looking for what is missing", () -> isElsewhere(from))) {
                    return new BatchResult.Moved();
                }
                throw trouble(e, from);
            }
            default -> throw trouble(e, from);
        }
    }

    private RuntimeException trouble(RuntimeException e, Position at) {
        return WorkSessions.trouble(
                e,
                step.kind() + " step " + step.name() + " of " + step.walked() + " " + route.place(at.cursor()),
                "the batches before it are committed, this one is not");
    }

    /** Part of the table was rewritten, dropped or detached. */
    private boolean isElsewhere(Position from) {
        return !route.onwards(session, from.cursor()).equals(from.cursor());
    }

    private BatchResult whyNothing(Position from) {
        return trying("asking why a batch did nothing", () -> {
            WalkCursorRow row = WalkCursorRow.read(session, attempt.claim(), ordinal);
            boolean same = row.begun() && new JsonObject(row.cursor()).equals(new JsonObject(from.cursor()));
            return same && !isElsewhere(from) ? new BatchResult.NotPermitted() : new BatchResult.Moved();
        });
    }

    @Override
    public Tidying tidying() {
        String doing = "tidying " + step.walked();
        List<Leaf> leaves =
                step instanceof CopyStep ? List.of() : trying(doing, () -> Leaf.of(session, walked, patience()));
        LeafTidying tidying = new LeafTidying(leaves, patience());
        return walBytes -> trying(doing, () -> tidying.next(session, walBytes));
    }

    @Override
    public long countMatching() {
        return trying("counting what is left of " + step.walked(), () -> route.look(session));
    }

    @Override
    public Position startSweep(Position from, int sweep, long found) {
        return trying(
                "beginning a sweep over what is left of " + step.walked(),
                () -> moved(from.cursor(), route.sweep(session, sweep, found)));
    }

    @Override
    public String analyze() {
        SessionSettings settings = SessionSettings.patient(attempt.sessionName("analyze"));
        try (PgSession patient = WorkSessions.open(sessions, settings, attempt)) {
            RunningStatement.start(patient, "ANALYZE " + step.table().quoted())
                    .await(beside, attempt.stop(), pid -> true);
            return KeptNote.of(step, reading, attempt.claim(), ordinal);
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.PRIVILEGE) {
                return "not analyzed: the role does not own " + step.table();
            }
            throw WorkSessions.trouble(e, "analyzing " + step.table(), "every row is done");
        }
    }

    @Override
    public String words() {
        return route.words();
    }

    @Override
    public void reopen() {
        session.close();
        session = BatchSession.open(sessions, settings("batch"), attempt);
    }

    @Override
    public void close() {
        route.close();
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
}
