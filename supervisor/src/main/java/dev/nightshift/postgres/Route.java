package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.worker.BatchResult;
import dev.nightshift.worker.Walks.Position;
import io.vertx.sqlclient.Tuple;

/** In which order a walk goes through its table: what a cursor means, and the statement of each batch. */
interface Route extends AutoCloseable {

    /**
     * A batch to be sent.
     *
     * @param rows how many it is expected to visit
     */
    record Batch(String sql, Tuple values, int rows) {}

    /** What the journal calls it. */
    String name();

    /** The cursor of a first pass, with its bounds as they are now. */
    String first(PgSession session);

    /** @param cursor one of this route */
    Position position(String cursor);

    /** Whether its part of the table is over and another one may follow. */
    boolean over(String cursor);

    /** The same cursor, or where to go on when its part of the table is over or is not there any more. */
    String onwards(PgSession session, String cursor);

    /**
     * @param rows how many it should visit
     * @param walBytes how much WAL it may write, as far as that can be told before
     * @param around leaves out rows that others have locked, where the route comes back for them
     */
    Batch batch(Claim claim, int step, Position from, int rows, double walBytes, boolean around);

    /** @param cursor as the last batch left it */
    Position reached(String cursor);

    /**
     * After the last batch was committed.
     *
     * @param hot rows of it that stayed in their page
     */
    void learn(BatchResult.Done done, long hot);

    /** Between two batches: tidies what is cheaper tidied now than later. */
    void settle(PgSession session);

    @Override
    void close();

    /** Rows that still match, and where they are, for the sweep that may follow. */
    long look(PgSession session);

    /** The cursor of a pass over what {@link #look} found; of a first pass when {@code sweep} is 0. */
    String sweep(PgSession session, int sweep, long found);

    /** For people: {@code heap walk, 16 stripes, HOT 91 %}. */
    String words();

    /** For people: where a cursor is. */
    String place(String cursor);
}
