package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.guards.preflight.WalForecast.WalSettings;
import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.plan.WorkloadsStep;
import dev.nightshift.run.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tables are like that a plan walks through, before anything is written. A walk that comes after a step which
 * may change the catalog is looked at when its turn comes.
 *
 * @param problems what stands in the way
 * @param forecasts of those that nothing stands in the way of
 */
record WalkChecks(List<StepProblem> problems, List<WalForecast> forecasts) {

    /** What throws is a failure of the session. */
    static WalkChecks of(PgSession session, Plan plan, WalSettings settings) {
        List<StepProblem> problems = new ArrayList<>();
        List<WalForecast> forecasts = new ArrayList<>();
        for (WalkStep step : workingOnWhatIsThere(plan)) {
            try {
                look(session, step, settings, problems, forecasts);
            } catch (RuntimeException e) {
                if (SqlStates.of(e) != SqlState.LOCK_TIMEOUT) {
                    throw e;
                }
                problems.add(new StepProblem(
                        "step " + step.name() + ": " + step.walked()
                                + " cannot be read, somebody's DDL has it or waits for it",
                        "let that end first, see PF-LOCK-QUEUE and pg_locks"));
            }
        }
        return new WalkChecks(problems, forecasts);
    }

    private static void look(
            PgSession session,
            WalkStep step,
            WalSettings settings,
            List<StepProblem> problems,
            List<WalForecast> forecasts) {
        WalkFacts facts = WalkInspection.of(session, step);
        facts.problems()
                .forEach(problem ->
                        problems.add(new StepProblem("step " + step.name() + ": " + problem.what(), problem.todo())));
        if (facts.problems().isEmpty()) {
            WalkForecast.of(session, step, facts.usable(), settings).ifPresent(forecasts::add);
        }
    }

    private static List<WalkStep> workingOnWhatIsThere(Plan plan) {
        List<WalkStep> known = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof WalkStep walk) {
                known.add(walk);
            } else if (!(step instanceof VerifyStep || step instanceof HoldStep || step instanceof WorkloadsStep)) {
                break;
            }
        }
        return known;
    }
}
