package dev.nightshift.postgres;

import dev.nightshift.run.SqlState;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.StopSignal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/** A statement that may run for hours: watched beside its session, and cancelled when its attempt has to stop. */
final class RunningStatement {

    /** Well within a lock timeout of a second, so that whoever is in the way is seen. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(400);

    /** Whoever waits for the statement is seen soon enough to be let go within two seconds. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(10);

    private static final String IS_THERE =
            "SELECT FROM pg_stat_activity a WHERE a.pid = $1 AND a.application_name = $2";

    /** An answer that is on its way may arrive after its session has ended; this late it will not. */
    private static final int LOOKS_WITHOUT_SESSION = 10;

    private final PgSession session;
    private final CompletableFuture<RowSet<Row>> result;
    private int missing;

    private RunningStatement(PgSession session, Future<RowSet<Row>> result) {
        this.session = session;
        this.result = result.toCompletionStage().toCompletableFuture();
    }

    /** Sends the text as it is, so that PostgreSQL takes statements that cannot be prepared too. */
    static RunningStatement start(PgSession session, String sql) {
        return new RunningStatement(session, session.connection().query(sql).execute());
    }

    /**
     * Returns what the statement answered, also when it was asked to stop and went through nevertheless; what the server
     * or the connection says against it is thrown as it came, and a cancelled statement says 57014.
     *
     * @param look told the session's pid again and again; false when the statement has to be cancelled
     */
    RowSet<Row> await(ControlLine beside, StopSignal stop, IntPredicate look) {
        Duration wait = FIRST_LOOK;
        while (true) {
            try {
                return result.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                wait = LOOK;
                if (stop.asked() || !look.test(session.pid())) {
                    cancel(beside);
                    return last();
                }
                giveUpIfGone(beside);
            } catch (ExecutionException e) {
                throw failure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                session.cut();
                throw new SessionLost("interrupted", new IOException(e));
            }
        }
    }

    RowSet<Row> await(PgSessions sessions, Attempt attempt) {
        try (ControlLine beside = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("watch")))) {
            return await(beside, attempt.stop(), pid -> true);
        }
    }

    /** A server or a firewall that went away without a word leaves a client that waits for ever. */
    private void giveUpIfGone(ControlLine beside) {
        try {
            boolean there = beside.ask("looking for a session", IS_THERE, Tuple.of(session.pid(), session.name()))
                            .size()
                    > 0;
            missing = there ? 0 : missing + 1;
        } catch (Trouble away) {
            return;
        }
        if (missing == LOOKS_WITHOUT_SESSION) {
            session.cut();
            throw new SessionLost(
                    session.name() + ": the server has no such session any more", new IOException("gone"));
        }
    }

    private void cancel(ControlLine beside) {
        try {
            StatementMark.of(session, beside).ifPresent(mark -> mark.cancel(beside));
        } catch (RuntimeException e) {
            // The server ends the statement by itself, a second after its client has gone.
            session.cut();
        }
    }

    private RowSet<Row> last() {
        try {
            return result.get(CANCEL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            session.cut();
            throw new SessionLost(session.name() + ": does not end when cancelled", e);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.cut();
            throw new SessionLost("interrupted", new IOException(e));
        }
    }

    private RuntimeException failure(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (!session.isOpen() && SqlStates.of(cause) == SqlState.OTHER) {
            return new SessionLost(session.name() + ": " + cause.getMessage(), cause);
        }
        return cause instanceof RuntimeException known ? known : new SessionLost(cause.getMessage(), cause);
    }
}
