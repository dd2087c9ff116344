package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;

/** Takes the backups that a supervisor takes itself: those for which a cloud or a cluster has to be asked. */
public interface Backups {

    /**
     * Completes when a verified backup of the run stands in the journal; fails with a {@code Permanent} when none can be
     * had, and else when another try may do better.
     */
    Future<Void> take(RunId run, Plan plan);

    /** Ends the waiting for a backup, not the backup. Completes when nobody waits any more; at once when nobody did. */
    Future<Void> leave(RunId run);
}
