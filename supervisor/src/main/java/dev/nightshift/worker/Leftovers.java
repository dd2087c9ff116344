package dev.nightshift.worker;

import dev.nightshift.plan.Plan;
import java.util.List;

/** What a run's own steps left half made: indexes whose build did not end. */
public interface Leftovers {

    /**
     * Clears them away.
     *
     * @return the SQL that is left to do, with the reason; empty when nothing is left
     * @throws dev.nightshift.run.Trouble when it cannot even be looked for
     */
    List<String> clearAway(Plan plan, Attempt attempt);
}
