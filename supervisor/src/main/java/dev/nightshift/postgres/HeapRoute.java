package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Walks.Position;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * In the order of the table's pages, leaf by leaf: some blocks at a time, each of them in stripes, so that the space of
 * rows that an earlier stripe moved away lets the later ones stay in their page.
 */
final class HeapRoute implements Route {

    static final String NAME = "heap";

    private static final int SAMPLED_PAGES = 200;
    private static final int CHUNK = 64;
    private static final int MOST_PIECES = 64;

    /** 32 GiB: what is read from end to end in far less than the longest sweep. */
    private static final long MOST_AT_ONCE = 4L << 20;

    private final TableShape shape;
    private final HeapSql sql;
    private final LongReading reading;
    private final Duration patience;
    private final Map<Long, Leaf> leaves = new TreeMap<>();
    private final Map<Long, List<Blocks>> matching = new HashMap<>();
    private boolean looked;
    private long sampled;
    private HeapSizes sizes = HeapSizes.UNKNOWN;
    private final HeapSettling settling;
    private HotShare hot = HotShare.UNKNOWN;
    private final DeadRowsKept kept = new DeadRowsKept();
    private Known last = Known.of(HeapCursor.begin(0, 0));
    private Known next = last;
    private @Nullable HeapCursor sent;
    private long changed;
    private long heaviest;

    /** A cursor and its text. */
    private record Known(HeapCursor cursor, String text) {

        static Known of(HeapCursor cursor) {
            return new Known(cursor, cursor.text());
        }

        Position position() {
            return new Position(text, cursor.done(), cursor.sweep(), cursor.found());
        }
    }

    HeapRoute(
            WalkStep step,
            TableShape shape,
            Mandate mandate,
            LongReading reading,
            HeapSettling settling,
            Duration patience) {
        this.shape = shape;
        this.sql = new HeapSql(step, shape, mandate);
        this.reading = reading;
        this.settling = settling;
        this.patience = patience;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String first(PgSession session) {
        return nextLeaf(session, HeapCursor.begin(0, 0)).text();
    }

    @Override
    public Position position(String cursor) {
        last = Known.of(HeapCursor.read(cursor));
        return last.position();
    }

    /** A batch asks several times for the same one, which is the one that the batch before it wrote. */
    private HeapCursor read(String text) {
        return text.equals(last.text()) ? last.cursor() : HeapCursor.read(text);
    }

    @Override
    public boolean over(String text) {
        HeapCursor cursor = read(text);
        return !cursor.done() && cursor.leafOver();
    }

    /** Also when a leaf was rewritten, dropped or detached. */
    @Override
    public String onwards(PgSession session, String text) {
        HeapCursor cursor = read(text);
        if (cursor.done()) {
            return text;
        }
        listLeaves(session);
        Leaf leaf = leaves.get(cursor.leaf());
        if (cursor.leafOver() || leaf == null) {
            return nextLeaf(session, cursor).text();
        }
        if (sampled != leaf.oid()) {
            sample(session, leaf);
        }
        return leaf.file() == cursor.file()
                ? text
                : cursor.leaf(leaf, stripes(), List.of(leaf.all())).text();
    }

    private HeapCursor nextLeaf(PgSession session, HeapCursor cursor) {
        listLeaves(session);
        for (Leaf leaf : leaves.values()) {
            if (leaf.oid() > cursor.leaf() && leaf.blocks() > 0) {
                List<Blocks> blocks = cursor.sweep() == 0 ? List.of(leaf.all()) : matchingIn(leaf);
                if (!blocks.isEmpty()) {
                    sample(session, leaf);
                    return cursor.leaf(leaf, stripes(), blocks);
                }
            }
        }
        return cursor.finished();
    }

    private void listLeaves(PgSession session) {
        leaves.clear();
        Leaf.of(session, shape.oid(), patience).forEach(leaf -> leaves.put(leaf.oid(), leaf));
    }

    private int stripes() {
        return shape.change().makesRoom() ? sizes.stripes() : 1;
    }

    /** Learns what the pages of a leaf hold. */
    private void sample(PgSession session, Leaf leaf) {
        sampled = leaf.oid();
        try {
            Row row = session.run(sql.density(leaf, SAMPLED_PAGES), patience)
                    .iterator()
                    .next();
            sizes = HeapSizes.sampled(row.getDouble("where_any"), row.getDouble("everywhere"));
            hot = row.getBoolean("counted") ? HotShare.NONE_YET : HotShare.UNKNOWN;
        } catch (RuntimeException e) {
            if (SqlStates.of(e) != SqlState.CANCELLED) {
                throw e;
            }
            sizes = HeapSizes.UNKNOWN;
        }
    }

    @Override
    public Batch batch(Claim claim, int ordinal, Position from, int rows, double walBytes, boolean around) {
        HeapCursor cursor = read(from.cursor());
        int stripes = cursor.stripes();
        // A range that was begun is only cut when its batches turn out to be far too long.
        long blocks = cursor.range().isEmpty()
                ? sizes.blocks(rows, walBytes, stripes)
                : (long) Math.max(1, 2 * sizes.byRows(rows, stripes));
        HeapCursor begun = cursor.ranging(blocks);
        sent = begun;
        next = Known.of(begun.striped());
        Tuple own = WalkCursorRow.own(claim, ordinal).addString(from.cursor());
        Tuple values = HeapSql.values(own.addString(next.text()), begun);
        Leaf leaf = Objects.requireNonNull(leaves.get(begun.leaf()));
        return new Batch(
                sql.batch(leaf, around),
                values,
                sizes.rows(begun.range().orElseThrow().count(), stripes));
    }

    @Override
    public Position reached(String cursor) {
        last = next;
        return last.position();
    }

    @Override
    public void learn(BatchResult.Done done, long stayed) {
        HeapCursor begun = Objects.requireNonNull(sent);
        hot = hot.and(done.changed(), stayed);
        boolean first = begun.stripe() == 0;
        changed = first ? done.changed() : changed + done.changed();
        heaviest = first ? done.walBytes() : Math.max(heaviest, done.walBytes());
        if (begun.sweep() == 0 && begun.striped().range().isEmpty()) {
            double blocks = begun.range().orElseThrow().count();
            sizes = sizes.seen(changed / blocks, heaviest / blocks);
        }
    }

    @Override
    public void settle(PgSession session) {
        if (last.cursor().range().isPresent()) {
            return;
        }
        kept.look(session, hot, patience);
        HeapCursor begun = Objects.requireNonNull(sent);
        Leaf leaf = leaves.get(begun.leaf());
        if (leaf != null) {
            settling.done(
                    leaf, begun.range().orElseThrow(), changed, last.cursor().leafOver());
        }
    }

    @Override
    public void close() {
        settling.close();
    }

    @Override
    public long look(PgSession session) {
        listLeaves(session);
        matching.clear();
        long all = 0;
        for (Leaf leaf : leaves.values()) {
            all += look(leaf);
        }
        looked = true;
        return all;
    }

    private long look(Leaf leaf) {
        long all = 0;
        List<Blocks> pieces = new ArrayList<>();
        for (Blocks part : leaf.all().parts(MOST_AT_ONCE)) {
            for (Row row : reading.ask(sql.leftBlocks(leaf, part, part.to() == leaf.blocks(), CHUNK))) {
                long from = row.getLong("chunk") * CHUNK;
                pieces.add(new Blocks(from, from + CHUNK));
                all += row.getLong("n");
            }
        }
        matching.put(leaf.oid(), Blocks.merged(pieces, MOST_PIECES));
        return all;
    }

    /** A worker that takes a sweep over looks for itself, leaf by leaf. */
    private List<Blocks> matchingIn(Leaf leaf) {
        if (!looked && !matching.containsKey(leaf.oid())) {
            look(leaf);
        }
        return matching.getOrDefault(leaf.oid(), List.of());
    }

    @Override
    public String sweep(PgSession session, int sweep, long found) {
        return nextLeaf(session, HeapCursor.begin(sweep, found)).text();
    }

    @Override
    public String words() {
        int stripes = sent == null ? 1 : sent.stripes();
        return NAME + " walk" + (stripes == 1 ? "" : ", " + stripes + " stripes") + hot.words() + kept.words();
    }

    @Override
    public String place(String text) {
        HeapCursor cursor = read(text);
        Leaf leaf = leaves.get(cursor.leaf());
        String name = leaf == null ? "a table that is gone" : leaf.name();
        return cursor.range()
                .or(() -> cursor.todo().stream().findFirst())
                .map(blocks -> "from block " + blocks.from() + " of " + name)
                .orElse("at the end of " + name);
    }
}
