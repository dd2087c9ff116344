package dev.nightshift.postgres;

import dev.nightshift.run.SqlState;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Finds in what the client throws the error that tells what it means. */
final class SqlStates {

    private SqlStates() {}

    /** By the first of its causes that tells. */
    static SqlState of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            SqlState known = ofOne(t);
            if (known != null) {
                return known;
            }
        }
        return SqlState.OTHER;
    }

    private static @Nullable SqlState ofOne(Throwable failure) {
        if (failure instanceof PgException server) {
            String state = server.getSqlState();
            return state == null ? SqlState.OTHER : SqlState.of(state);
        }
        if (failure instanceof UnknownHostException) {
            return SqlState.UNKNOWN_HOST;
        }
        if (failure instanceof ConnectException) {
            return SqlState.UNREACHABLE;
        }
        if (failure instanceof PasswordMissing) {
            return SqlState.LOGIN_REFUSED;
        }
        if (failure instanceof PoolerFound) {
            return SqlState.PROTOCOL;
        }
        if (failure instanceof SSLHandshakeException) {
            return SqlState.TLS;
        }
        boolean lost = failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof ClosedChannelException
                || failure instanceof ClosedConnectionException;
        return lost ? SqlState.CONNECTION_LOST : null;
    }
}
