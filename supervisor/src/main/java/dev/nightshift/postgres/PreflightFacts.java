package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Activity;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.preflight.PlannedWork;
import dev.nightshift.guards.preflight.Replication;
import dev.nightshift.guards.preflight.Server;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.preflight.Table;
import java.util.List;

/** What a database has told for a preflight. */
public record PreflightFacts(
        PlannedWork work,
        Server server,
        Replication replication,
        Activity activity,
        List<Table> tables,
        List<StepProblem> problems,
        Fact<Volume> disk) {

    public PreflightFacts {
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }
}
