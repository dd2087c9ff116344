package dev.nightshift.drive;

import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;
import io.vertx.core.Future;

/** Looks whether a plan can run safely on its database now; changes nothing. */
public interface PreflightChecks {

    /** Every check with what was seen. */
    Future<PreflightReport> look(Plan plan);
}
