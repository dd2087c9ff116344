package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import io.vertx.core.Future;
import java.util.List;

/** Looks whether a plan can run safely on its database now; changes nothing. */
public interface PreflightChecks {

    /** What stands in the way; empty when the run may start. */
    Future<List<Explanation>> problems(Plan plan);
}
