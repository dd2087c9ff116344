package dev.nightshift.worker;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.RunRecord;

/** Applies the versioned migrations of a schema step. */
public interface Migrations {

    /**
     * Returns when every migration up to the step's target is applied; what was applied before stays and is not
     * repeated.
     *
     * @throws dev.nightshift.run.Permanent when a migration cannot work: it failed, was changed, or is missing
     * @throws dev.nightshift.run.Transient when the attempt was stopped, a lock was not to be had or the database went
     *     away, and what was cut off has left nothing behind
     * @throws dev.nightshift.run.OutcomeUnknown when a statement outside a transaction was cut off
     */
    void migrate(SchemaStep step, RunRecord run, Attempt attempt);
}
