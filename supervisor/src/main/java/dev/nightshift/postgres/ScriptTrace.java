package dev.nightshift.postgres;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.script.LineMap;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Splitter;
import dev.nightshift.plan.SqlText;
import dev.nightshift.postgres.TraceLook.Held;
import dev.nightshift.run.SqlState;
import dev.nightshift.view.StatementTrace;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One script: each statement in a transaction of its own, or in the one that the script has begun; what PostgreSQL
 * refuses there runs alone.
 */
final class ScriptTrace {

    private static final Duration LONGEST_STATEMENT = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Set<String> BEGINS = Set.of("BEGIN", "START");
    private static final Set<String> ENDS = Set.of("COMMIT", "END", "ROLLBACK", "ABORT");

    private static final String CLIENT_SYNTAX =
            "psql carries that out itself, a server does not know it: write plain SQL";

    private final PgSession session;
    private final PgSession beside;
    private final Script script;
    private final LineMap lines;
    private boolean begun;

    ScriptTrace(PgSession session, PgSession beside, Script script) {
        this.session = session;
        this.beside = beside;
        this.script = script;
        this.lines = new LineMap(script.text());
    }

    /** What happened while a statement ran. */
    private record Seen(
            List<StatementTrace.Lock> locks,
            List<String> rewrote,
            List<String> scanned,
            Duration took,
            long walBytes,
            boolean alone) {

        static final Seen NOTHING = new Seen(List.of(), List.of(), List.of(), Duration.ZERO, 0, false);

        static Seen between(TraceLook before, TraceLook after, Set<Held> locks, Duration took, boolean alone) {
            return new Seen(
                    before.named(locks),
                    before.rewrittenIn(after),
                    alone ? List.of() : before.scannedIn(after),
                    took,
                    after.wal() - before.wal(),
                    alone);
        }
    }

    /** Until a statement fails; what it then leaves open is rolled back. */
    boolean run(Consumer<StatementTrace> each) {
        List<Piece> pieces = Splitter.split(script.text()).all();
        for (Piece piece : pieces) {
            StatementTrace trace = trace(piece);
            each.accept(trace);
            if (trace.failed()) {
                rollBack();
                return false;
            }
        }
        rollBack();
        return true;
    }

    private StatementTrace trace(Piece piece) {
        if (piece.kind() != Piece.Kind.STATEMENT || piece.filledIn()) {
            return told(piece, Seen.NOTHING, CLIENT_SYNTAX);
        }
        try {
            List<String> words = SqlText.of(piece.text()).firstWords(2);
            Seen seen = isControl(words) ? control(piece.text(), words) : statement(piece.text());
            return told(piece, seen, "");
        } catch (RuntimeException e) {
            return told(piece, Seen.NOTHING, PgFailures.what(e));
        }
    }

    private static boolean isControl(List<String> words) {
        return !words.isEmpty()
                && (BEGINS.contains(words.get(0)) || (ENDS.contains(words.get(0)) && !words.contains("TO")));
    }

    private Seen control(String sql, List<String> words) {
        TraceLook before = TraceLook.of(session);
        Duration took = timed(sql);
        begun = BEGINS.contains(words.get(0));
        return Seen.between(before, TraceLook.of(session), Set.of(), took, false);
    }

    private Seen statement(String sql) {
        if (begun) {
            return inTransaction(sql);
        }
        session.run("BEGIN", LONGEST_STATEMENT);
        try {
            Seen seen = inTransaction(sql);
            session.run("COMMIT", LONGEST_STATEMENT);
            return seen;
        } catch (RuntimeException e) {
            session.run("ROLLBACK", LONGEST_STATEMENT);
            if (SqlStates.of(e) == SqlState.NOT_IN_TRANSACTION) {
                return alone(sql);
            }
            throw e;
        }
    }

    private Seen inTransaction(String sql) {
        TraceLook before = TraceLook.of(session);
        Set<Held> held = Set.copyOf(TraceLook.locks(session, session.pid()));
        Duration took = timed(sql);
        Set<Held> locks = new HashSet<>(TraceLook.locks(session, session.pid()));
        locks.removeAll(held);
        return Seen.between(before, TraceLook.of(session), locks, took, false);
    }

    private Seen alone(String sql) {
        TraceLook before = TraceLook.of(session);
        Set<Held> locks = new HashSet<>();
        long begin = System.nanoTime();
        CompletableFuture<RowSet<Row>> running =
                session.connection().query(sql).execute().toCompletionStage().toCompletableFuture();
        while (!ended(running)) {
            locks.addAll(TraceLook.locks(beside, session.pid()));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return Seen.between(before, TraceLook.of(session), locks, took, true);
    }

    private static boolean ended(CompletableFuture<RowSet<Row>> running) {
        try {
            running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionLost("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new SessionLost(e.getMessage(), e);
        }
    }

    private Duration timed(String sql) {
        long begin = System.nanoTime();
        session.run(sql, LONGEST_STATEMENT);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void rollBack() {
        if (begun && session.isOpen()) {
            session.run("ROLLBACK", LONGEST_STATEMENT);
        }
        begun = false;
    }

    private StatementTrace told(Piece piece, Seen seen, String error) {
        return new StatementTrace(
                script.file(),
                lines.line(piece.start()),
                lines.column(piece.start()),
                piece.text(),
                seen.locks,
                seen.rewrote,
                seen.scanned,
                seen.took,
                seen.walBytes,
                seen.alone,
                error);
    }
}
