package dev.nightshift.worker;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;

/** Takes the backup of a run before its first write, and proves it good. */
public interface Dumps {

    /**
     * Returns when a verified backup of the run stands in the journal, taken now or found to serve.
     *
     * @throws dev.nightshift.run.Permanent when no good backup can be had; the journal says why in the backup's row
     *     ({@code state = 'failed'}, {@code detail.failure = {what, doing, state, todo}})
     * @throws dev.nightshift.run.Transient when the attempt was stopped or the database went away; nothing counts then
     */
    BackupOutcome takeAndVerify(RunRecord run, Plan plan, Attempt attempt);
}
