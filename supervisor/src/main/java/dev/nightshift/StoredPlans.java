package dev.nightshift;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunRecord;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the plan of a run again, from the text that is stored with it. */
final class StoredPlans {

    private StoredPlans() {}

    /**
     * The plan as it was submitted, whatever its file says now.
     *
     * @throws Permanent when this version of the program cannot read it
     */
    static Plan of(RunRecord run, DatabaseUrl url) {
        Path file = Path.of(run.planFile());
        Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of("/"));
        PlanReading reading = PlanReader.read(run.planFile(), run.planSource(), directory, Optional.of(url));
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new Permanent(new Explanation(
                "the plan stored with run " + run.id() + " cannot be read: "
                        + ((PlanReading.Refused) reading).problems().get(0),
                "going on with the run",
                "as the journal has it; nothing is being written",
                "use the version of Nightshift that began the run"));
    }
}
