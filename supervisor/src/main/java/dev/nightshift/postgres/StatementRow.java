package dev.nightshift.postgres;

import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The step's row as a statement sees it.
 *
 * @param sent an earlier try sent a statement whose outcome no transaction tells
 * @param indexBefore the index that had the name before that, 0 for none
 */
record StatementRow(boolean done, boolean sent, long indexBefore) {

    private static final String READ =
            "SELECT s.state, s.detail FROM nightshift.steps s WHERE s.run_id = $1 AND s.ordinal = $2";

    private static final String NOTE = """
            WITH mine AS MATERIALIZED (
                SELECT c.epoch FROM nightshift.claims c
                WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $3 AND c.token = $4 FOR UPDATE)
            UPDATE nightshift.steps s SET detail = s.detail - 'sent' || $5
            WHERE s.run_id = $1 AND s.ordinal = $2 AND EXISTS (SELECT FROM mine)""";

    private static final String DONE = """
            UPDATE nightshift.steps s SET state = 'done', ended_at = clock_timestamp(), wal = s.wal + %s, wal_from = NULL
            WHERE s.run_id = $1 AND s.ordinal = $2""".formatted(WalAccounts.OPEN);

    static StatementRow read(PgSession session, Attempt attempt, int ordinal) {
        Row row = session.run(READ, id(attempt, ordinal), ControlLine.PATIENCE)
                .iterator()
                .next();
        JsonObject sent = row.getJsonObject("detail").getJsonObject("sent");
        return new StatementRow(
                row.getString("state").equals("done"),
                sent != null,
                sent == null ? 0 : sent.getLong("index_before", 0L));
    }

    /** Writes down that the statement is about to be sent. */
    static void sending(PgSession session, Attempt attempt, int ordinal, long indexBefore) {
        note(
                session,
                attempt,
                ordinal,
                new JsonObject().put("sent", new JsonObject().put("index_before", indexBefore)));
    }

    /** The server itself said how the statement ended. */
    static void answered(PgSession session, Attempt attempt, int ordinal) {
        note(session, attempt, ordinal, new JsonObject());
    }

    /** Inside the transaction of the statement. */
    static void done(PgSession session, Attempt attempt, int ordinal) {
        session.run(DONE, id(attempt, ordinal), ControlLine.PATIENCE);
    }

    private static void note(PgSession session, Attempt attempt, int ordinal, JsonObject note) {
        Tuple values = id(attempt, ordinal)
                .addLong(attempt.claim().epoch())
                .addUUID(attempt.claim().token())
                .addJsonObject(note);
        RowSet<Row> rows = session.run(NOTE, values, ControlLine.PATIENCE);
        if (rows.rowCount() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
    }

    private static Tuple id(Attempt attempt, int ordinal) {
        return Tuple.tuple().addString(attempt.claim().run().text()).addInteger(ordinal);
    }
}
