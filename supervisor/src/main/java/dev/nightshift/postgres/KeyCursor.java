package dev.nightshift.postgres;

import dev.nightshift.postgres.KeySql.Lower;
import dev.nightshift.worker.Walks.Position;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cursor of a key walk as the journal keeps it. Keys are text and are cast back to the type of their column.
 *
 * @param sweep 0 in the first pass
 * @param found rows that the count before this pass found
 * @param from first key of the pass, only until its first batch
 * @param after last key that is done
 * @param to last key of the pass, fixed when the pass begins; none when there is no row
 */
record KeyCursor(
        int sweep,
        long found,
        Optional<List<String>> from,
        Optional<List<String>> after,
        Optional<List<String>> to,
        boolean done) {

    static KeyCursor first(Optional<List<String>> to) {
        return new KeyCursor(0, 0, Optional.empty(), Optional.empty(), to, to.isEmpty());
    }

    static KeyCursor sweep(int sweep, long found, Optional<List<String>> from, Optional<List<String>> to) {
        return new KeyCursor(sweep, found, from, Optional.empty(), to, to.isEmpty());
    }

    static KeyCursor read(String text) {
        JsonObject json = new JsonObject(text);
        return new KeyCursor(
                json.getInteger("sweep", 0),
                json.getLong("found", 0L),
                keys(json, "from"),
                keys(json, "after"),
                keys(json, "to"),
                json.getBoolean("done", false));
    }

    /** Without the parts that are not there, as PostgreSQL compares it. */
    String text() {
        JsonObject json =
                new JsonObject().put("walk", "key").put("sweep", sweep).put("found", found);
        from.ifPresent(keys -> json.put("from", new JsonArray(keys)));
        after.ifPresent(keys -> json.put("after", new JsonArray(keys)));
        to.ifPresent(keys -> json.put("to", new JsonArray(keys)));
        return json.put("done", done).encode();
    }

    Lower lower() {
        return after.isPresent() ? Lower.AFTER : from.isPresent() ? Lower.FROM : Lower.NONE;
    }

    /** Adds the key values in the order in which the batch takes them. */
    Tuple addKeys(Tuple values) {
        Stream.of(after.or(() -> from), to)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .forEach(values::addString);
        return values;
    }

    static Position position(String text) {
        KeyCursor cursor = read(text);
        return new Position(cursor.text(), cursor.done(), cursor.sweep(), cursor.found());
    }

    private static Optional<List<String>> keys(JsonObject json, String name) {
        JsonArray array = json.getJsonArray(name);
        return array == null
                ? Optional.empty()
                : Optional.of(array.stream().map(String.class::cast).toList());
    }
}
