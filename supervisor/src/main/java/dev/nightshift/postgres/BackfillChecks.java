package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.Explanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the tables of a plan's backfills before anything is written. */
public final class BackfillChecks {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    private final PgSessions sessions;

    public BackfillChecks(PgSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * What stands in the way of the backfills that work on the database as it is now. One that comes after a step which
     * may change the catalog is looked at when its turn comes.
     *
     * @throws dev.nightshift.run.Trouble when the database does not answer
     */
    public List<Explanation> problems(Plan plan) {
        List<BackfillStep> known = workingOnWhatIsThere(plan);
        if (known.isEmpty()) {
            return List.of();
        }
        List<Explanation> problems = new ArrayList<>();
        try (PgSession session =
                sessions.session(SessionSettings.reading("nightshift/supervisor/preflight", STATEMENT_TIMEOUT))) {
            for (BackfillStep step : known) {
                problems.addAll(BackfillInspection.of(session, step).problems());
            }
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "looking at the tables of the plan", Explanation.NOTHING_CHANGED);
        }
        return problems;
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
