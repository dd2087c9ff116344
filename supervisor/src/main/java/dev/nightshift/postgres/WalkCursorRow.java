package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The claim's row as a walk sees it.
 *
 * @param begun the row is about this step
 */
record WalkCursorRow(boolean begun, String cursor) {

    private static final String OWN = " WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3";

    private static final String READ =
            "SELECT c.step = $4 AS begun, c.cursor::text AS cursor FROM nightshift.claims c" + OWN;

    private static final String BEGIN = """
            WITH counted AS (
                INSERT INTO nightshift.progress (run_id, step, lane) VALUES ($1, $4, 0) ON CONFLICT DO NOTHING)
            UPDATE nightshift.claims c SET step = $4, cursor = $5::text::jsonb""" + OWN + " AND c.step <> $4";

    private static final String MOVE = "UPDATE nightshift.claims c SET cursor = $6::text::jsonb" + OWN
            + " AND c.step = $4 AND c.cursor = $5::text::jsonb";

    /** @throws WorkEnded when the claim was taken over */
    static WalkCursorRow read(PgSession session, Claim claim, int step) {
        RowSet<Row> rows = session.run(READ, own(claim, step), ControlLine.PATIENCE);
        if (rows.size() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
        Row row = rows.iterator().next();
        return new WalkCursorRow(row.getBoolean("begun"), row.getString("cursor"));
    }

    /** Makes the row one about this step, with the count of its rows. */
    static void begin(PgSession session, Claim claim, int step, String cursor) {
        change(session, BEGIN, own(claim, step).addString(cursor));
    }

    static void move(PgSession session, Claim claim, int step, String from, String to) {
        change(session, MOVE, own(claim, step).addString(from).addString(to));
    }

    private static void change(PgSession session, String sql, Tuple values) {
        if (session.run(sql, values, ControlLine.PATIENCE).rowCount() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
    }

    /** Run, epoch, token and step: the first parameters of whatever is done under the claim. */
    static Tuple own(Claim claim, int step) {
        return Tuple.tuple()
                .addString(claim.run().text())
                .addLong(claim.epoch())
                .addUUID(claim.token())
                .addInteger(step);
    }
}
