package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.util.List;

/** Carries out the abort steps of a run that are not done yet, and clears away what the run itself left half made. */
public interface AbortPlan {

    /** What could not be done, each with the exact SQL that is left to do; empty when all was done. */
    Future<List<String>> carryOut(RunId run, Plan plan);
}
