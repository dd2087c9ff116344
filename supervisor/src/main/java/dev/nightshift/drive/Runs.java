package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Order;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The runs of a database: how new ones are begun and old ones found. */
public interface Runs {

    /**
     * Writes a new run with its steps that is admitted at once, past the queue.
     *
     * <p>Fails with {@link dev.nightshift.run.Permanent} when another run is active in this database, or one of the same
     * text waits in the queue.
     *
     * @param planFile absolute
     * @param by who asked for it, {@code user@host}
     */
    Future<RunRecord> begin(RunId id, Plan plan, String planFile, String by);

    /**
     * Writes a new run with its steps into the queue, unless one of the same text is there or has succeeded.
     *
     * @param notes for its history
     */
    Future<Receipt> submit(Order order, List<Event> notes);

    /** The active run, if there is one; those in the queue are not. */
    Future<Optional<RunRecord>> active();

    /** The run that began last, active or not. */
    Future<Optional<RunRecord>> latest();
}
