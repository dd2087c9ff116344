package dev.nightshift.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cursor of a heap walk as the journal keeps it: one leaf at a time, of it one range of blocks at a time, of it one
 * stripe at a time.
 *
 * @param sweep 0 in the first pass
 * @param found rows that the count before this pass found
 * @param leaf oid of the table or partition; those with a smaller one are done
 * @param file its relfilenode: when it is another one, all its rows have moved
 * @param stripes how many passes each range gets
 * @param range that was begun
 * @param stripe of the range that comes next
 * @param todo the leaf's blocks behind it
 */
record HeapCursor(
        int sweep,
        long found,
        long leaf,
        long file,
        int stripes,
        Optional<Blocks> range,
        int stripe,
        List<Blocks> todo,
        boolean done) {

    HeapCursor {
        todo = List.copyOf(todo);
    }

    /** Before the first leaf. */
    static HeapCursor begin(int sweep, long found) {
        return new HeapCursor(sweep, found, 0, 0, 1, Optional.empty(), 0, List.of(), false);
    }

    HeapCursor leaf(Leaf next, int passes, List<Blocks> blocks) {
        return new HeapCursor(sweep, found, next.oid(), next.file(), passes, Optional.empty(), 0, blocks, false);
    }

    HeapCursor finished() {
        return new HeapCursor(sweep, found, leaf, file, stripes, Optional.empty(), 0, List.of(), true);
    }

    boolean leafOver() {
        return range.isEmpty() && todo.isEmpty();
    }

    /** With a range of at most so many blocks begun; a range that was longer gives its rest back. */
    HeapCursor ranging(long blocks) {
        Blocks whole = range.orElseGet(() -> todo.get(0));
        if (range.isPresent() && whole.count() <= blocks) {
            return this;
        }
        List<Blocks> rest = new ArrayList<>(range.isPresent() ? todo : todo.subList(1, todo.size()));
        long cut = Math.min(whole.to(), whole.from() + Math.max(1, blocks));
        if (cut < whole.to()) {
            rest.add(0, new Blocks(cut, whole.to()));
        }
        return new HeapCursor(
                sweep, found, leaf, file, stripes, Optional.of(new Blocks(whole.from(), cut)), stripe, rest, false);
    }

    /** After the next stripe of the range. */
    HeapCursor striped() {
        boolean last = stripe + 1 >= stripes;
        return new HeapCursor(
                sweep, found, leaf, file, stripes, last ? Optional.empty() : range, last ? 0 : stripe + 1, todo, false);
    }

    static HeapCursor read(String text) {
        JsonObject json = new JsonObject(text);
        JsonArray range = json.getJsonArray("range");
        List<Blocks> todo = new ArrayList<>();
        json.getJsonArray("todo").forEach(piece -> todo.add(blocks((JsonArray) piece)));
        return new HeapCursor(
                json.getInteger("sweep"),
                json.getLong("found"),
                json.getLong("leaf"),
                json.getLong("file"),
                json.getInteger("stripes"),
                range == null ? Optional.empty() : Optional.of(blocks(range)),
                json.getInteger("stripe"),
                todo,
                json.getBoolean("done"));
    }

    String text() {
        JsonArray pieces = new JsonArray();
        todo.forEach(piece -> pieces.add(json(piece)));
        JsonObject json = new JsonObject()
                .put("walk", HeapRoute.NAME)
                .put("sweep", sweep)
                .put("found", found)
                .put("leaf", leaf)
                .put("file", file)
                .put("stripes", stripes)
                .put("stripe", stripe)
                .put("todo", pieces)
                .put("done", done);
        range.ifPresent(blocks -> json.put("range", json(blocks)));
        return json.encode();
    }

    private static Blocks blocks(JsonArray pair) {
        return new Blocks(pair.getLong(0), pair.getLong(1));
    }

    private static JsonArray json(Blocks blocks) {
        return new JsonArray().add(blocks.from()).add(blocks.to());
    }
}
