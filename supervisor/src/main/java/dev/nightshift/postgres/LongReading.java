package dev.nightshift.postgres;

import dev.nightshift.worker.Attempt;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;

/**
 * Queries that may read a whole table, each in a session of its own that can write nothing; they are cancelled when the
 * attempt has to stop.
 */
final class LongReading {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final PgSessions sessions;
    private final Attempt attempt;
    private final ControlLine beside;

    LongReading(PgSessions sessions, Attempt attempt, ControlLine beside) {
        this.sessions = sessions;
        this.attempt = attempt;
        this.beside = beside;
    }

    /** What throws is a failure of the session or the server. */
    RowSet<Row> ask(String sql) {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("sweep"), LONGEST);
        try (PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            return RunningStatement.start(session, sql).await(beside, attempt.stop(), pid -> true);
        }
    }
}
