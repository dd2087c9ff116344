package dev.nightshift.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;

/** One statement that a session is at: neither the next one of that session, nor one of another with the same pid. */
record StatementMark(int pid, String name, OffsetDateTime backendStart, OffsetDateTime queryStart) {

    private static final String STARTED = """
            SELECT a.backend_start, a.query_start FROM pg_stat_activity a
            WHERE a.pid = $1 AND a.application_name = $2 AND a.state = 'active'""";

    private static final String CANCEL = """
            SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a
            WHERE a.pid = $1 AND a.application_name = $2 AND a.state = 'active'
              AND a.backend_start = $3 AND a.query_start = $4""";

    /** Empty when it is at none. */
    static Optional<StatementMark> of(PgSession session, ControlLine beside) {
        for (Row row : beside.ask("looking at a statement", STARTED, Tuple.of(session.pid(), session.name()))) {
            return Optional.of(new StatementMark(
                    session.pid(),
                    session.name(),
                    row.getOffsetDateTime("backend_start"),
                    row.getOffsetDateTime("query_start")));
        }
        return Optional.empty();
    }

    /** Whether it was still at it. */
    boolean cancel(ControlLine beside) {
        return beside.ask("cancelling it", CANCEL, Tuple.of(pid, name, backendStart, queryStart))
                        .size()
                > 0;
    }
}
