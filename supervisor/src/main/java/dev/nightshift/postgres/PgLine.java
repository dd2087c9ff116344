package dev.nightshift.postgres;

import dev.nightshift.run.Trouble;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept open and opened again when it was lost. What was in flight then fails as {@code Transient}
 * and is never sent again by itself.
 */
public final class PgLine {

    /**
     * Beyond the statement's own timeout, which a server that is reached keeps: room for what waits in front on the same
     * connection. The client's kernel would wait a quarter of an hour for a server that vanished without a word.
     */
    private static final Duration GRACE = Duration.ofSeconds(12);

    private final PgSessions sessions;
    private final SessionSettings settings;
    private final Duration patience;
    private @Nullable Future<PgConnection> connection;

    public PgLine(PgSessions sessions, SessionSettings settings) {
        this(sessions, settings, GRACE);
    }

    PgLine(PgSessions sessions, SessionSettings settings, Duration grace) {
        this.sessions = sessions;
        this.settings = settings;
        this.patience = settings.statementTimeout().plus(grace);
    }

    /** Sends one statement; a failure is a {@link Trouble} that says what was being done. */
    public Future<RowSet<Row>> ask(String doing, String sql, Tuple parameters) {
        return with(doing, c -> c.preparedQuery(sql).execute(parameters));
    }

    /** Does something on the connection; its failure is a {@link Trouble} that says what was being done. */
    public <T> Future<T> with(String doing, Function<PgConnection, Future<T>> work) {
        return connected()
                .compose(open -> answered(open, work.apply(open)))
                .recover(failure -> Future.failedFuture(trouble(failure, doing)));
    }

    /** A connection whose answer does not come is given up, and what is asked next opens another one. */
    private <T> Future<T> answered(PgConnection open, Future<T> answer) {
        return answer.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).recover(failure -> {
            if (!(failure instanceof TimeoutException)) {
                return Future.failedFuture(failure);
            }
            forget(open);
            Sockets.cut(open);
            return Future.failedFuture(
                    new SessionLost(settings.name() + ": no answer within " + PgFailures.words(patience), failure));
        });
    }

    public boolean isOpen() {
        Future<PgConnection> open = connection;
        return open != null && open.succeeded();
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
        Future<PgConnection> opened = sessions.open(settings).onSuccess(c -> c.closeHandler(closed -> forget(c)));
        connection = opened;
        return opened;
    }

    /** Another one may be open already when several answers did not come on this one. */
    private void forget(PgConnection closed) {
        Future<PgConnection> open = connection;
        if (open != null && open.result() == closed) {
            connection = null;
        }
    }
}
