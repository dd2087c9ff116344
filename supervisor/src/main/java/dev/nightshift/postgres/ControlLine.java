package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session for short questions from any thread, one at a time, that is opened again when it was lost. Failures are
 * {@link dev.nightshift.run.Trouble}; nothing is sent twice by itself.
 */
final class ControlLine implements AutoCloseable {

    /** Beyond the statement timeout of a control session. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PgSessions sessions;
    private final SessionSettings settings;
    private @Nullable PgSession session;

    ControlLine(PgSessions sessions, SessionSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
    }

    synchronized RowSet<Row> ask(String doing, String sql, Tuple values) {
        try {
            return open().run(sql, values, PATIENCE);
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, doing, "as the journal has it");
        }
    }

    private PgSession open() {
        PgSession now = session;
        if (now == null || !now.isOpen()) {
            now = sessions.session(settings);
            session = now;
        }
        return now;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
