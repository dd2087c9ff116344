package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;
import java.util.Optional;

/** The runs of a database: how new ones are begun and old ones found. */
public interface Runs {

    /**
     * Writes a new run with its steps, planned.
     *
     * <p>Fails with {@link dev.nightshift.run.Permanent} when another run is active in this database.
     *
     * @param planFile absolute
     * @param by who asked for it, {@code user@host}
     */
    Future<RunRecord> begin(RunId id, Plan plan, String planFile, String by);

    /** The active run, if there is one. */
    Future<Optional<RunRecord>> active();

    /** The run that began last, active or not. */
    Future<Optional<RunRecord>> latest();
}
