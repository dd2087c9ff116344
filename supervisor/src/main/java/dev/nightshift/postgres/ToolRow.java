package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunState;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;

/** The step's row as it concerns a tool: whether it was started, and which sessions without a name of ours are its own. */
final class ToolRow {

    private static final Set<Holder.Kind> HOLDING_BACK = Set.of(Holder.Kind.GUARD, Holder.Kind.ALERT);

    private static final String READ = """
            SELECT s.detail ? 'sent' AS sent FROM nightshift.steps s WHERE s.run_id = $1 AND s.ordinal = $2""";

    private static final String STATE = "SELECT r.state, r.detail FROM nightshift.runs r WHERE r.id = $1";

    private static final String STARTING = """
            WITH mine AS MATERIALIZED (%s)
            UPDATE nightshift.steps s SET detail = s.detail - 'sessions' || $3
            WHERE s.run_id = $1 AND s.ordinal = $2 AND EXISTS (SELECT FROM mine)""";

    private static final String CHANGE = """
            WITH mine AS MATERIALIZED (
                SELECT c.epoch FROM nightshift.claims c
                WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $3 AND c.token = $4 FOR UPDATE)
            UPDATE nightshift.steps s SET detail = s.detail - $5::text[] || $6
            WHERE s.run_id = $1 AND s.ordinal = $2 AND EXISTS (SELECT FROM mine)""";

    private static final String NOTE = """
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT c.run_id, $4, $5, $6 FROM nightshift.claims c
            WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3""";

    private final ControlLine line;
    private final Attempt attempt;
    private final int ordinal;

    ToolRow(ControlLine line, Attempt attempt, int ordinal) {
        this.line = line;
        this.attempt = attempt;
        this.ordinal = ordinal;
    }

    Attempt attempt() {
        return attempt;
    }

    boolean sent() {
        return line.ask("reading the step", READ, id()).iterator().next().getBoolean("sent");
    }

    /** @return false when there is no live permit */
    boolean sending() {
        String sql = STARTING.formatted(attempt.lockSql());
        JsonObject sent = new JsonObject().put("sent", new JsonObject());
        if (line.ask("writing down that a tool starts", sql, id().addJsonObject(sent))
                        .rowCount()
                > 0) {
            return true;
        }
        if (line.ask("checking the claim", attempt.checkSql(), Tuple.tuple()).size() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
        return false;
    }

    /** Its end was seen, and no session of it is left. */
    void ended() {
        change(new String[] {"sent", "sessions"}, new JsonObject());
    }

    /** So that whoever takes the run over ends these too. */
    void remember(List<ToolSession> unnamed) {
        JsonArray all = new JsonArray();
        unnamed.forEach(session -> all.add(new JsonObject()
                .put("pid", session.pid())
                .put("start", session.backendStart().toString())));
        change(new String[] {}, new JsonObject().put("sessions", all));
    }

    /** Why guards and alerts hold the run. */
    List<String> held() {
        RowSet<Row> rows = line.ask("reading the run's state", STATE, Tuple.of(run()));
        Row row = rows.iterator().next();
        RunState state = RunStates.read(row.getString("state"), row.getJsonObject("detail"));
        return state.holders().all().stream()
                .filter(holder -> HOLDING_BACK.contains(holder.kind()))
                .map(holder -> holder.by() + ", " + holder.reason())
                .toList();
    }

    void note(String kind, String step, String message) {
        Claim claim = attempt.claim();
        line.ask("writing the history", NOTE, Tuple.of(run(), claim.epoch(), claim.token(), kind, step, message));
    }

    private void change(String[] without, JsonObject with) {
        Tuple values = id().addLong(attempt.claim().epoch())
                .addUUID(attempt.claim().token())
                .addArrayOfString(without)
                .addJsonObject(with);
        if (line.ask("writing down where the tool is", CHANGE, values).rowCount() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
    }

    private Tuple id() {
        return Tuple.tuple().addString(run()).addInteger(ordinal);
    }

    private String run() {
        return attempt.claim().run().text();
    }
}
