package dev.nightshift.drive;

import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Carries out the abort steps of a run that are not done yet, and clears away what the run itself left half made. */
public interface AbortPlan {

    /**
     * What could not be done, each with the exact SQL that is left to do; empty when all was done.
     *
     * @param guards how fast the steps that change rows may write now; asked from another thread
     */
    Future<List<String>> carryOut(RunId run, Plan plan, Supplier<Allowance> guards);
}
