package dev.nightshift.postgres;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions on the primary of one database: named and set from the first packet on, and looked at before anybody
 * gets them, so that a standby or a pooler in between is found at once.
 */
public final class PgSessions {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final DatabaseUrl url;
    private final Optional<String> password;
    private final boolean alsoOnStandby;

    public PgSessions(Vertx vertx, DatabaseUrl url, Optional<String> password) {
        this(vertx, url, password, false);
    }

    private PgSessions(Vertx vertx, DatabaseUrl url, Optional<String> password, boolean alsoOnStandby) {
        this.vertx = vertx;
        this.url = url;
        this.password = password;
        this.alsoOnStandby = alsoOnStandby;
    }

    /** With the password that the environment names. */
    public static PgSessions of(Vertx vertx, DatabaseUrl url, Map<String, String> environment) {
        return new PgSessions(vertx, url, Passwords.find(url, environment));
    }

    /** Sessions that only read, on a server that may be a standby. */
    public static PgSessions ofStandby(Vertx vertx, DatabaseUrl url, Map<String, String> environment) {
        return new PgSessions(vertx, url, Passwords.find(url, environment), true);
    }

    public DatabaseUrl url() {
        return url;
    }

    /**
     * Tries each host of the URL in order until one is a primary.
     *
     * <p>Fails with {@link dev.nightshift.run.Transient} when none can be reached now and with {@link Permanent} when
     * the login is refused, every host is a standby, or the session is not what was asked for.
     */
    public Future<PgConnection> open(SessionSettings settings) {
        return openFrom(0, settings, null)
                .recover(failure -> Future.failedFuture(PgFailures.trouble(
                        failure,
                        "connecting to " + url.database() + " as " + url.user(),
                        Explanation.NOTHING_CHANGED)));
    }

    /** As {@link #open}, for threads that may block. */
    public PgSession session(SessionSettings settings) {
        PgConnection connection = PgSession.await(
                open(settings), CONNECT_TIMEOUT.multipliedBy(1L + url.hosts().size()));
        return new PgSession(settings.name(), connection);
    }

    private Future<PgConnection> openFrom(int index, SessionSettings settings, @Nullable Throwable earlier) {
        List<DatabaseUrl.Host> hosts = url.hosts();
        if (index == hosts.size()) {
            return Future.failedFuture(earlier == null ? new IOException("no host") : earlier);
        }
        return connect(hosts.get(index), settings)
                .recover(failure -> index + 1 < hosts.size() && mayBeElsewhere(failure)
                        ? openFrom(index + 1, settings, failure)
                        : Future.failedFuture(failure));
    }

    private static boolean mayBeElsewhere(Throwable failure) {
        return failure instanceof StandbyFound || SqlStates.of(failure).passing();
    }

    private Future<PgConnection> connect(DatabaseUrl.Host host, SessionSettings settings) {
        Future<PgConnection> connecting = PgConnection.connect(vertx, PgAddress.options(url, host, password, settings));
        return withTimeout(connecting, host)
                .recover(failure -> Future.failedFuture(
                        password.isEmpty() && failure instanceof IllegalArgumentException
                                ? new PasswordMissing(failure)
                                : failure))
                // Without a handler the client prints a lost connection to the terminal; whoever waits is told anyway.
                .onSuccess(connection -> connection.exceptionHandler(failure -> {}))
                .compose(connection -> SessionCheck.of(connection, settings, host, alsoOnStandby)
                        .map(connection)
                        .onFailure(failure -> connection.close()));
    }

    private Future<PgConnection> withTimeout(Future<PgConnection> connecting, DatabaseUrl.Host host) {
        Promise<PgConnection> result = Promise.promise();
        long timer = vertx.setTimer(
                CONNECT_TIMEOUT.toMillis(),
                id -> result.tryFail(
                        new ConnectException(host + " did not answer within " + PgFailures.words(CONNECT_TIMEOUT))));
        connecting.onComplete(done -> {
            vertx.cancelTimer(timer);
            boolean taken = done.succeeded() ? result.tryComplete(done.result()) : result.tryFail(done.cause());
            if (!taken && done.succeeded()) {
                done.result().close();
            }
        });
        return result.future();
    }
}
