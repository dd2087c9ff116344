package dev.nightshift.cli;

import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.plan.Plan;

/** Holds a plan against its database without changing anything. */
public interface PlanCheck {

    /**
     * Makes every check of a preflight.
     *
     * @throws dev.nightshift.run.Trouble when the database does not answer, or refuses the login
     */
    PreflightReport look(Plan plan);
}
