package dev.nightshift.postgres;

import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Walks.Tidied;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads leaf after leaf, some blocks at a time: why, stands in docs/adr/0013-a-table-is-tidied-before-it-is-counted.md. */
final class LeafTidying {

    private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

    private final Deque<Leaf> todo;
    private final Duration patience;
    private TidySizes sizes = TidySizes.START;
    private long at;

    LeafTidying(List<Leaf> leaves, Duration patience) {
        this.todo = new ArrayDeque<>(leaves);
        this.patience = patience;
    }

    /** Empty when all was read. */
    Optional<Tidied> next(PgSession session, double walBytes) {
        while (!todo.isEmpty() && at >= todo.getFirst().blocks()) {
            todo.removeFirst();
            at = 0;
        }
        return todo.isEmpty() ? Optional.empty() : Optional.of(next(session, todo.getFirst(), walBytes));
    }

    private Tidied next(PgSession session, Leaf leaf, double walBytes) {
        Blocks part = new Blocks(at, Math.min(leaf.blocks(), at + sizes.within(walBytes)));
        long before = wal(session);
        long begun = System.nanoTime();
        boolean done = visited(session, leaf, part);
        long written = wal(session) - before;
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        sizes = done ? sizes.after(part.count(), took, written) : sizes.halved();
        at = done ? part.to() : at;
        return new Tidied(written, !done);
    }

    private long wal(PgSession session) {
        return session.run(WAL, patience).iterator().next().getLong(0);
    }

    /** Whether it could be read to its end: nobody had the table locked, and it did not take too long. */
    private boolean visited(PgSession session, Leaf leaf, Blocks part) {
        try {
            session.run(leaf.reading(part), patience);
            return true;
        } catch (RuntimeException e) {
            SqlState state = SqlStates.of(e);
            if (state != SqlState.LOCK_TIMEOUT && state != SqlState.CANCELLED) {
                throw e;
            }
            return false;
        }
    }
}
