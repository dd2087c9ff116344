package dev.nightshift.postgres;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Waits for the journal's answer on the thread of a command. */
final class Patiently {

    /** Connecting to three hosts that do not answer, and a statement's own timeout. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Patiently() {}

    /** The rows; every failure is a {@link dev.nightshift.run.Trouble}. */
    static List<Row> await(String doing, Future<RowSet<Row>> answer) {
        return StreamSupport.stream(done(doing, answer).spliterator(), false).toList();
    }

    static <T> T done(String doing, Future<T> work) {
        try {
            return PgSession.await(work, PATIENCE);
        } catch (SessionLost lost) {
            throw new Transient(
                    new Explanation(
                            "the database does not answer: " + lost.getMessage(),
                            doing,
                            "as the journal has it",
                            "try again; if it goes on, look at the server and the network"),
                    lost);
        }
    }
}
