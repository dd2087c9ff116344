package dev.nightshift.view;

import java.time.Duration;
import java.util.List;

/**
 * What one statement of a script really did.
 *
 * @param line counted from 1
 * @param column counted from 1, in whole characters
 * @param locks on relations that were there before it, in the order of their names
 * @param rewrote relations that have another file than before: rewritten, or emptied
 * @param scanned tables that were read as a whole; not known of a statement that ran alone
 * @param walBytes what the server wrote meanwhile
 * @param alone whether it ran outside a transaction, so that its locks were looked at while it ran: short ones may be
 *     missing
 * @param error what the server said against it; empty when it was carried out
 */
public record StatementTrace(
        String file,
        int line,
        int column,
        String statement,
        List<Lock> locks,
        List<String> rewrote,
        List<String> scanned,
        Duration took,
        long walBytes,
        boolean alone,
        String error) {

    public StatementTrace {
        locks = List.copyOf(locks);
        rewrote = List.copyOf(rewrote);
        scanned = List.copyOf(scanned);
    }

    /**
     * A lock on a relation.
     *
     * @param mode as PostgreSQL's documentation writes it: {@code SHARE ROW EXCLUSIVE}
     * @param relation with its schema
     */
    public record Lock(String mode, String relation) {

        @Override
        public String toString() {
            return mode + " on " + relation;
        }
    }

    public boolean failed() {
        return !error.isEmpty();
    }
}
