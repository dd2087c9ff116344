package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Activity;
import dev.nightshift.guards.preflight.Definitions;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.preflight.PlannedWork;
import dev.nightshift.guards.preflight.Replication;
import dev.nightshift.guards.preflight.Server;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.preflight.Table;
import dev.nightshift.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * What a database has told for a preflight.
 *
 * @param before what the journal says
 */
public record PreflightFacts(
        PlannedWork work,
        Server server,
        Replication replication,
        Activity activity,
        Definitions definitions,
        CronJobs cron,
        RunBefore before,
        List<Table> tables,
        List<StepProblem> problems,
        Fact<Volume> disk) {

    public PreflightFacts {
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /**
     * What pg_cron starts in this database.
     *
     * @param hidden whether this role may not see it
     */
    public record CronJobs(List<Job> jobs, boolean hidden) {

        public CronJobs {
            jobs = List.copyOf(jobs);
        }

        /** A job with its cron line. */
        public record Job(String name, String schedule) {}
    }

    /**
     * What the journal says of the plan.
     *
     * @param journal whether there is one that may be read
     * @param active the run of this plan that is to go on
     */
    public record RunBefore(boolean journal, Optional<RunId> active) {}
}
