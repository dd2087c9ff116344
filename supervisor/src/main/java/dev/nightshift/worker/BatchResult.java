package dev.nightshift.worker;

import dev.nightshift.worker.Walks.Position;
import java.util.OptionalLong;

/** How a batch ended; in all but {@code Done} and {@code Lost} it has changed nothing. */
public sealed interface BatchResult {

    /**
     * Committed.
     *
     * @param visited rows, as far as that was known before
     * @param changed rows
     * @param still of them match the step's `where` as before
     * @param example the key of one that does, empty when there is none
     * @param walBytes written by the whole server meanwhile: an upper bound of what the batch wrote
     * @param walRate of the permit, empty when unlimited
     */
    record Done(
            Position position,
            int visited,
            long changed,
            long still,
            String example,
            long walBytes,
            OptionalLong walRate)
            implements BatchResult {

        /** The same, going on elsewhere. */
        public Done at(Position next) {
            return new Done(next, visited, changed, still, example, walBytes, walRate);
        }
    }

    /** No live permit. */
    record NotPermitted() implements BatchResult {}

    /** The cursor is another one than expected: an earlier batch did go through. */
    record Moved() implements BatchResult {}

    /** A lock, a deadlock or the batch's time: a smaller batch may work. */
    record GaveWay(String to) implements BatchResult {}

    /** The session ended; the journal's cursor says whether the batch went through. */
    record Lost(String why) implements BatchResult {}
}
