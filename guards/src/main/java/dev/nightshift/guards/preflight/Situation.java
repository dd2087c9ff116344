package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that the checks look at.
 *
 * @param work what the plan is going to do
 * @param backup what the run would go back to
 * @param definitions how the touched tables are defined, now and before
 * @param decoders what would carry the journal to others, if it has to be made first
 * @param tables those that a step touches and that are there
 * @param downtime what the plan stops beside the database
 * @param stepProblems why steps cannot work on what is there
 */
public record Situation(
        PlannedWork work,
        Server server,
        Replication replication,
        Activity activity,
        PlannedBackup backup,
        Definitions definitions,
        Hours hours,
        List<String> decoders,
        List<Table> tables,
        Machine machine,
        Fact<PlannedDowntime> downtime,
        List<StepProblem> stepProblems) {

    public Situation {
        decoders = List.copyOf(decoders);
        tables = List.copyOf(tables);
        stepProblems = List.copyOf(stepProblems);
    }

    /** With what the SQL of the plan is expected to write as well. */
    Situation expecting() {
        List<WalForecast> all = new ArrayList<>(work.forecasts());
        all.addAll(SqlForecasts.of(work.steps(), tables));
        return new Situation(
                work.expecting(all),
                server,
                replication,
                activity,
                backup,
                definitions,
                hours,
                decoders,
                tables,
                machine,
                downtime,
                stepProblems);
    }

    /** Why a step cannot work. */
    public record StepProblem(String what, String remedy) {}
}
