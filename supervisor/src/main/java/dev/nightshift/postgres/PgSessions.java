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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions on the primary of one database: named and set from the first packet on, and looked at before anybody
 * gets them, so that a standby or a pooler in between is found at once.
 */
public final class PgSessions {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final DatabaseUrl url;
    private final Supplier<Optional<String>> password;
    private final boolean alsoOnStandby;

    public PgSessions(Vertx vertx, DatabaseUrl url, Optional<String> password) {
        this(vertx, url, () -> password, false);
    }

    private PgSessions(Vertx vertx, DatabaseUrl url, Supplier<Optional<String>> password, boolean alsoOnStandby) {
        this.vertx = vertx;
        this.url = url;
        this.password = password;
        this.alsoOnStandby = alsoOnStandby;
    }

    /** With the password that the environment names, looked up for each session: it may have been changed meanwhile. */
    public static PgSessions of(Vertx vertx, DatabaseUrl url, Map<String, String> environment) {
        return new PgSessions(vertx, url, () -> Passwords.find(url, environment), false);
    }

    /** Sessions that only read, on a server that may be a standby. */
    public static PgSessions ofStandby(Vertx vertx, DatabaseUrl url, Map<String, String> environment) {
        return new PgSessions(vertx, url, () -> Passwords.find(url, environment), true);
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
        return Future.succeededFuture()
                .compose(v -> openFrom(0, password.get(), settings, null))
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

    private Future<PgConnection> openFrom(
            int index, Optional<String> secret, SessionSettings settings, @Nullable Throwable earlier) {
        List<DatabaseUrl.Host> hosts = url.hosts();
        if (index == hosts.size()) {
            return Future.failedFuture(earlier == null ? new IOException("no host") : earlier);
        }
        return connect(hosts.get(index), secret, settings)
                .recover(failure -> index + 1 < hosts.size() && mayBeElsewhere(failure)
                        ? openFrom(index + 1, secret, settings, failure)
                        : Future.failedFuture(failure));
    }

    private static boolean mayBeElsewhere(Throwable failure) {
        return failure instanceof StandbyFound || SqlStates.of(failure).passing();
    }

    private Future<PgConnection> connect(DatabaseUrl.Host host, Optional<String> secret, SessionSettings settings) {
        Future<PgConnection> connecting = PgConnection.connect(vertx, PgAddress.options(url, host, secret, settings));
        return withTimeout(connecting, host)
                .recover(failure -> Future.failedFuture(
                        secret.isEmpty() && failure instanceof IllegalArgumentException
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
