package dev.nightshift.postgres;

import dev.nightshift.run.SqlState;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One session for one thread that may block. What the client throws comes out as it is, wrapped only when checked;
 * {@link SqlStates} tells what it means.
 */
public final class PgSession implements AutoCloseable {

    private final String name;
    private final PgConnection connection;
    private volatile boolean open = true;
    private volatile boolean busy;

    PgSession(String name, PgConnection connection) {
        this.name = name;
        this.connection = connection;
        connection.closeHandler(closed -> open = false);
    }

    public String name() {
        return name;
    }

    public int pid() {
        return connection.processId();
    }

    public int serverVersion() {
        return connection.databaseMetadata().majorVersion();
    }

    public boolean isOpen() {
        return open;
    }

    PgConnection connection() {
        return connection;
    }

    /**
     * Runs one statement with parameters.
     *
     * @param patience beyond the statement's own timeout: when it passes, the connection is given up and the outcome is
     *     not known
     */
    public RowSet<Row> run(String sql, Tuple parameters, Duration patience) {
        return rows(connection.preparedQuery(sql).execute(parameters), patience);
    }

    /** Runs text without parameters, also what cannot be prepared. */
    public RowSet<Row> run(String sql, Duration patience) {
        return rows(connection.query(sql).execute(), patience);
    }

    private RowSet<Row> rows(Future<RowSet<Row>> future, Duration patience) {
        busy = true;
        try {
            RowSet<Row> rows = awaitChecked(future, patience);
            busy = false;
            return rows;
        } catch (TimeoutException e) {
            close();
            throw new SessionLost(name + ": no answer within " + PgFailures.words(patience), e);
        } catch (ExecutionException e) {
            busy = false;
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (!open && SqlStates.of(cause) == SqlState.OTHER) {
                throw new SessionLost(name + ": " + cause.getMessage(), cause);
            }
            throw cause instanceof RuntimeException known ? known : new SessionLost(cause.getMessage(), cause);
        }
    }

    /** Waits on a thread of its own; never on an event loop. */
    static <T> T await(Future<T> future, Duration patience) {
        try {
            return awaitChecked(future, patience);
        } catch (TimeoutException e) {
            throw new SessionLost("no answer within " + PgFailures.words(patience), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new SessionLost(e.getMessage(), e);
        }
    }

    private static <T> T awaitChecked(Future<T> future, Duration patience) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionLost("interrupted", new IOException(e));
        }
    }

    /** Ends the connection without waiting for what is in flight. */
    @Override
    public void close() {
        if (busy) {
            cut();
        } else {
            open = false;
            connection.close();
        }
    }

    /** Closes the socket under the session, whatever it is doing. */
    void cut() {
        open = false;
        Sockets.cut(connection);
    }
}
