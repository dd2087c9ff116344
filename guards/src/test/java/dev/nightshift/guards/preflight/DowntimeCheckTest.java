package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Situation.StepProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether what a plan stops can be stopped, and stays so. */
class DowntimeCheckTest {

    private static final StepProblem HEALS = new StepProblem("Application shop heals itself", "switch it off");

    private final Healthy pair = new Healthy();

    @Test
    void a_plan_that_stops_nothing_passes_without_a_cluster() {
        assertThat(pair.seen(PreflightCheck.WORKLOADS)).isEqualTo("none is stopped");
    }

    @Test
    void what_is_there_and_may_be_stopped_is_named_with_its_replicas() {
        pair.downtime = Fact.of(new PlannedDowntime(List.of("deployment/web (3 replicas)"), List.of(), List.of()));
        assertThat(pair.faults()).isEmpty();
        assertThat(pair.seen(PreflightCheck.WORKLOADS)).isEqualTo("deployment/web (3 replicas)");
    }

    @Test
    void who_would_start_it_again_fails_and_a_doubt_warns() {
        pair.downtime = Fact.of(new PlannedDowntime(List.of(), List.of(HEALS), List.of()));
        pair.assertOnly("PF-WORKLOADS", Outcome.FAIL, "Application shop heals itself");
        pair.downtime = Fact.of(new PlannedDowntime(List.of(), List.of(), List.of(HEALS)));
        pair.assertOnly("PF-WORKLOADS", Outcome.WARN, "Application shop heals itself");
    }

    @Test
    void a_cluster_that_does_not_answer_is_unknown_and_so_never_clear() {
        pair.downtime = Fact.unknown("no answer", "see that it is reached");
        pair.assertOnly("PF-WORKLOADS", Outcome.UNKNOWN, "no answer");
    }
}
