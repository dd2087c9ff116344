package dev.nightshift.postgres;

import dev.nightshift.drive.Question;
import dev.nightshift.guards.guard.Probe;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** A query of a plan that answers one number, in a read-only session with the plan's timeout. */
public final class SqlQuestion implements Question {

    /** For the way there and back; a server that takes longer has not answered. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final PgLine line;
    private final String doing;
    private final String sql;

    public SqlQuestion(PgSessions sessions, Probe probe) {
        this.line =
                new PgLine(sessions, SessionSettings.reading("nightshift/supervisor/guards", probe.timeout()), GRACE);
        this.doing = "asking " + probe.kind().key() + " " + probe.name();
        // As a part of an expression it can neither change rows nor answer more than one value.
        this.sql = "SELECT (\n" + probe.question() + "\n)::float8";
    }

    @Override
    public Future<Double> ask() {
        return line.ask(doing, sql, Tuple.tuple()).map(rows -> {
            Row row = rows.iterator().next();
            Double value = row.getDouble(0);
            if (value == null) {
                throw new IllegalStateException("the query answers nothing");
            }
            return value;
        });
    }

    public Future<Void> close() {
        return line.close();
    }
}
