package dev.nightshift.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rows of a range's last stripe left dead versions behind. Read once more while its pages are at hand and in the same
 * checkpoint cycle, they are pruned for some hundred bytes; later each page would be written to the WAL in full. A range is
 * read when the next one is done, since a commit is only noted in the pages when its WAL was flushed.
 */
final class HeapSettling {

    private final Deque<Blocks> waiting = new ArrayDeque<>();

    /**
     * A range of a leaf is done.
     *
     * @param changed rows in it; where most pages hold none, they are not worth reading
     * @param last of its leaf
     */
    void done(PgSession session, Leaf leaf, Blocks range, long changed, boolean last, Duration patience) {
        if (changed >= range.count()) {
            waiting.addLast(range);
        }
        int left = last ? 0 : 1;
        while (waiting.size() > left) {
            LeafTidying.visit(session, leaf, waiting.removeFirst(), patience);
        }
    }
}
