package dev.nightshift.worker;

import dev.nightshift.plan.WalkStep;
import java.util.Optional;
import java.util.OptionalLong;

/** Walks through tables in batches, exactly once over each row. */
public interface Walks {

    /**
     * Looks at the table and opens a session for batches.
     *
     * @throws dev.nightshift.run.Permanent when the step cannot work on this table
     */
    Walk open(WalkStep step, int ordinal, Attempt attempt);

    /** One step's walk. A lost session is {@link BatchResult.Lost} for a batch and a Transient everywhere else. */
    interface Walk extends AutoCloseable {

        /** About how many rows the walk is going to change. */
        OptionalLong estimate();

        /** Where the journal says the walk is; the first time it fixes the bounds of the first pass. */
        Position position();

        /**
         * One statement: the cursor, the rows and their count, or nothing at all.
         *
         * @param rows how many it should visit
         * @param walBytes how much WAL it may write, as far as that can be told before
         */
        BatchResult batch(Position from, int rows, double walBytes);

        /**
         * Begins to read the whole table once, in parts, so that its pages are tidied within the pace; nothing
         * where the walk changed none of them.
         */
        Tidying tidying();

        /** Counts the rows that still match the step's `where`, reading only. */
        long countMatching();

        /** Begins another pass over the range that still holds matching rows. */
        Position startSweep(Position from, int sweep, long found);

        /** Updates the planner's statistics of the table; returns a note for people, such as what it could not do. */
        String analyze();

        /** For people, in which order and how well it goes: {@code heap walk, 16 stripes, HOT 91 %}. */
        String words();

        /** Opens the session again after it was lost. */
        void reopen();

        @Override
        void close();
    }

    /** A reading of the whole table under way. */
    interface Tidying {

        /**
         * Reads some more of the table.
         *
         * @param walBytes how much WAL the tidying of its pages may write, as far as that can be told before
         * @return empty when all was read
         */
        Optional<Tidied> next(double walBytes);
    }

    /**
     * A part that was read.
     *
     * @param walBytes written meanwhile: an upper bound
     * @param gaveWay somebody was in the way, or it took too long; the next part is shorter
     */
    record Tidied(long walBytes, boolean gaveWay) {}

    /**
     * Where a walk is.
     *
     * @param cursor as the journal has it
     * @param exhausted nothing of this pass is left
     * @param sweep 0 in the first pass
     * @param found rows that the count before this pass found
     */
    record Position(String cursor, boolean exhausted, int sweep, long found) {}
}
