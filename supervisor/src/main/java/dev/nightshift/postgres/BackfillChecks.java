package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.guards.preflight.WalForecast.WalSettings;
import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tables of a plan's backfills are like, before anything is written. A backfill that comes after a step which
 * may change the catalog is looked at when its turn comes.
 *
 * @param problems what stands in the way
 * @param forecasts of those that nothing stands in the way of
 */
record BackfillChecks(List<StepProblem> problems, List<WalForecast> forecasts) {

    /** What throws is a failure of the session. */
    static BackfillChecks of(PgSession session, Plan plan, WalSettings settings) {
        List<StepProblem> problems = new ArrayList<>();
        List<WalForecast> forecasts = new ArrayList<>();
        for (BackfillStep step : workingOnWhatIsThere(plan)) {
            try {
                look(session, step, settings, problems, forecasts);
            } catch (RuntimeException e) {
                if (SqlStates.of(e) != SqlState.LOCK_TIMEOUT) {
                    throw e;
                }
                problems.add(new StepProblem(
                        "step " + step.name() + ": " + step.table()
                                + " cannot be read, somebody's DDL has it or waits for it",
                        "let that end first, see PF-LOCK-QUEUE and pg_locks"));
            }
        }
        return new BackfillChecks(problems, forecasts);
    }

    private static void look(
            PgSession session,
            BackfillStep step,
            WalSettings settings,
            List<StepProblem> problems,
            List<WalForecast> forecasts) {
        BackfillFacts facts = BackfillInspection.of(session, step);
        facts.problems()
                .forEach(problem ->
                        problems.add(new StepProblem("step " + step.name() + ": " + problem.what(), problem.todo())));
        if (facts.problems().isEmpty()) {
            BackfillForecast.of(session, step, facts.usable(), settings).ifPresent(forecasts::add);
        }
    }

    private static List<BackfillStep> workingOnWhatIsThere(Plan plan) {
        List<BackfillStep> known = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof BackfillStep backfill) {
                known.add(backfill);
            } else if (!(step instanceof VerifyStep || step instanceof HoldStep)) {
                break;
            }
        }
        return known;
    }
}
