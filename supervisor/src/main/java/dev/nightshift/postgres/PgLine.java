package dev.nightshift.postgres;

import dev.nightshift.run.Trouble;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept open and opened again when it was lost. What was in flight then fails as {@code Transient}
 * and is never sent again by itself.
 */
public final class PgLine {

    private final PgSessions sessions;
    private final SessionSettings settings;
    private @Nullable Future<PgConnection> connection;

    public PgLine(PgSessions sessions, SessionSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
    }

    /** Sends one statement; a failure is a {@link Trouble} that says what was being done. */
    public Future<RowSet<Row>> ask(String doing, String sql, Tuple parameters) {
        return with(doing, c -> c.preparedQuery(sql).execute(parameters));
    }

    /** Does something on the connection; its failure is a {@link Trouble} that says what was being done. */
    public <T> Future<T> with(String doing, Function<PgConnection, Future<T>> work) {
        return connected().compose(work).recover(failure -> Future.failedFuture(trouble(failure, doing)));
    }

    public Future<Void> close() {
        Future<PgConnection> open = connection;
        connection = null;
        return open == null ? Future.succeededFuture() : open.compose(PgConnection::close);
    }

    private static Trouble trouble(Throwable failure, String doing) {
        return PgFailures.trouble(failure, doing, "as the journal has it");
    }

    private Future<PgConnection> connected() {
        Future<PgConnection> open = connection;
        if (open != null && !open.failed()) {
            return open;
        }
        Future<PgConnection> opened =
                sessions.open(settings).onSuccess(c -> c.closeHandler(closed -> connection = null));
        connection = opened;
        return opened;
    }
}
