package dev.nightshift;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.PlannedDowntime;
import dev.nightshift.kubernetes.DowntimeOutlook;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.WorkloadsStep;

/** What a cluster says of the applications that a plan stops; nothing of its client is loaded for other plans. */
final class DowntimeLook {

    private DowntimeLook() {}

    /** Blocks. */
    static Fact<PlannedDowntime> of(Plan plan) {
        return plan.steps().stream().noneMatch(WorkloadsStep.class::isInstance)
                ? Fact.of(PlannedDowntime.NONE)
                : DowntimeOutlook.of(plan);
    }
}
