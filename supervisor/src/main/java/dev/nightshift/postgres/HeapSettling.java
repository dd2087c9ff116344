package dev.nightshift.postgres;

import dev.nightshift.run.Trouble;
import dev.nightshift.worker.Attempt;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a range's last stripe left dead versions behind. Read once more while its pages are at hand and in the same
 * checkpoint cycle, they are pruned for some hundred bytes; later each page would be written to the WAL in full. A range is
 * read when the next one is done, since a commit is only noted in the pages when its WAL was flushed.
 *
 * <p>The reading has a session of its own and goes on beside the next batches, one range at a time. The walk needs none of
 * it: what could not be read is left as it is.
 */
final class HeapSettling implements AutoCloseable {

    private final PgSessions sessions;
    private final SessionSettings settings;
    private final Attempt attempt;
    private final ControlLine beside;
    private final Deque<Blocks> waiting = new ArrayDeque<>();
    private @Nullable PgSession session;
    private @Nullable RunningStatement reading;

    HeapSettling(PgSessions sessions, SessionSettings settings, Attempt attempt, ControlLine beside) {
        this.sessions = sessions;
        this.settings = settings;
        this.attempt = attempt;
        this.beside = beside;
    }

    /**
     * A range of a leaf is done.
     *
     * @param changed rows in it; where most pages hold none, they are not worth reading
     * @param last of its leaf
     */
    void done(Leaf leaf, Blocks range, long changed, boolean last) {
        if (changed >= range.count()) {
            waiting.addLast(range);
        }
        int left = last ? 0 : 1;
        while (waiting.size() > left) {
            read(leaf, waiting.removeFirst());
        }
        if (last) {
            await();
        }
    }

    private void read(Leaf leaf, Blocks range) {
        await();
        try {
            PgSession now = session;
            if (now == null || !now.isOpen()) {
                now = BatchSession.open(sessions, settings, attempt);
                session = now;
            }
            reading = RunningStatement.start(now, leaf.reading(range));
        } catch (Trouble unreachable) {
            waiting.clear();
        }
    }

    private void await() {
        RunningStatement now = reading;
        reading = null;
        try {
            if (now != null) {
                now.await(beside, attempt.stop(), pid -> true);
            }
        } catch (RuntimeException e) {
            // The table was locked, or the session is gone: the next range finds out for itself.
            waiting.clear();
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
