package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Situation.StepProblem;
import java.util.List;

/**
 * What the cluster says of the applications that a plan stops.
 *
 * @param stops each with its replicas; empty where the plan stops nothing
 * @param faults why stopping or bringing back will not work
 * @param doubts what could not be seen, or is worth knowing
 */
public record PlannedDowntime(List<String> stops, List<StepProblem> faults, List<StepProblem> doubts) {

    /** Of a plan that stops nothing. */
    public static final PlannedDowntime NONE = new PlannedDowntime(List.of(), List.of(), List.of());

    public PlannedDowntime {
        stops = List.copyOf(stops);
        faults = List.copyOf(faults);
        doubts = List.copyOf(doubts);
    }
}
