package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Claim;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Walks.Position;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Through a primary key or another unique index, in the order of the key. */
final class KeyRoute implements Route {

    static final String NAME = "key";

    private final KeySql sql;
    private final LongReading reading;
    private final Duration patience;

    KeyRoute(WalkStep step, TableShape shape, Mandate mandate, LongReading reading, Duration patience) {
        this.sql = new KeySql(step, shape, mandate);
        this.reading = reading;
        this.patience = patience;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String first(PgSession session) {
        RowSet<Row> last = session.run(sql.lastKey(), Tuple.tuple(), patience);
        return KeyCursor.first(
                        last.size() == 0
                                ? Optional.empty()
                                : Optional.of(keys(last.iterator().next())))
                .text();
    }

    @Override
    public Position position(String cursor) {
        return KeyCursor.position(cursor);
    }

    @Override
    public boolean over(String cursor) {
        return false;
    }

    @Override
    public String onwards(PgSession session, String cursor) {
        return cursor;
    }

    @Override
    public Batch batch(Claim claim, int step, Position from, int rows, double walBytes, boolean around) {
        KeyCursor cursor = KeyCursor.read(from.cursor());
        Tuple values = cursor.addKeys(
                WalkCursorRow.own(claim, step).addString(from.cursor()).addLong(rows - 1L));
        return new Batch(sql.batch(cursor.lower()), values, rows);
    }

    @Override
    public Position reached(String cursor) {
        return position(cursor);
    }

    @Override
    public void learn(BatchResult.Done done, long hot) {}

    @Override
    public void settle(PgSession session) {}

    @Override
    public void close() {}

    @Override
    public long look(PgSession session) {
        return reading.ask(sql.countLeft()).iterator().next().getLong("n");
    }

    @Override
    public String sweep(PgSession session, int sweep, long found) {
        List<List<String>> ends = new ArrayList<>();
        if (sweep > 0) {
            reading.ask(sql.leftRange()).forEach(row -> ends.add(keys(row)));
        }
        KeyCursor next = ends.isEmpty()
                ? KeyCursor.sweep(sweep, found, Optional.empty(), Optional.empty())
                : KeyCursor.sweep(sweep, found, Optional.of(ends.get(0)), Optional.of(ends.get(ends.size() - 1)));
        return next.text();
    }

    @Override
    public String words() {
        return "key walk";
    }

    @Override
    public String place(String cursor) {
        return "behind key " + KeyCursor.read(cursor).after().orElse(List.of());
    }

    private List<String> keys(Row row) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < sql.keySize(); i++) {
            keys.add(row.getString(i));
        }
        return keys;
    }
}
