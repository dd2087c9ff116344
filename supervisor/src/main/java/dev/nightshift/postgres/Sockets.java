package dev.nightshift.postgres;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/** Ends connections at once. */
final class Sockets {

    private Sockets() {}

    /**
     * Closes the socket under a connection. The client's own {@code close} waits for the answer to what is in flight,
     * and that is the answer which did not come: the server would go on with the statement.
     */
    static void cut(PgConnection connection) {
        if (connection instanceof SqlConnectionInternal inner
                && inner.unwrap().unwrap() instanceof SocketConnectionBase base) {
            base.socket().close();
        } else {
            connection.close();
        }
    }
}
