package dev.nightshift.drive;

import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Finishing;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A workload that a run has stopped, or was about to stop, and that is not back.
 *
 * @param step that stopped it
 * @param replicas what it had before
 * @param images by container, what it had before the run gave it another one
 * @param keepDown whether it stays down while the run has not come to a good end
 * @param confirmed whether the API server has answered that it is stopped
 * @param age since stopping it was written down
 * @param refused why it cannot be brought back without a person
 */
public record Stopped(
        int step,
        String namespace,
        Workload workload,
        int replicas,
        Map<String, String> images,
        boolean keepDown,
        boolean confirmed,
        Duration age,
        Optional<String> refused) {

    public Stopped {
        images = Map.copyOf(images);
    }

    /** Whether it stays down while its run is in this state. */
    boolean staysDown(RunState state) {
        if (state instanceof Working || state instanceof Holding || state instanceof Aborting) {
            return true;
        }
        boolean endedWell = state instanceof Succeeded || state instanceof Aborted || state instanceof Finishing;
        return keepDown && !endedWell;
    }

    /** {@code deployment/web in namespace shop}. */
    public String where() {
        return workload + " in namespace " + namespace;
    }

    /** As a person would bring it back by hand. */
    public String byHand() {
        return "kubectl -n " + namespace + " scale " + workload + " --replicas=" + replicas;
    }
}
