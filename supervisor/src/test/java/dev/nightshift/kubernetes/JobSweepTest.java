package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobSweepTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration KEEP = Duration.ofDays(7);
    private static final String LONG_AGO = "2026-11-16T11:59:59Z";
    private static final Map<String, String> WORKER = Map.of(Marks.MANAGED_BY, Marks.US, Marks.COMPONENT, Marks.WORKER);
    private static final Map<String, String> TOOL = Map.of(Marks.MANAGED_BY, Marks.US, Marks.COMPONENT, Marks.TOOL);
    private static final String LATELY = "2026-11-16T12:00:01Z";

    private final MockedCluster cluster = MockedCluster.start();

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void only_our_workers_and_tools_that_ended_longer_ago_than_that_are_removed() {
        make("complete", WORKER, "Complete", LONG_AGO);
        make("failed", TOOL, "Failed", LONG_AGO);
        make("lately", WORKER, "Complete", LATELY);
        make("at-work", WORKER, "Suspended", LONG_AGO);
        make("no-time", WORKER, "Complete", "yesterday");
        make("of-others", Map.of(Marks.MANAGED_BY, "helm", Marks.COMPONENT, Marks.WORKER), "Complete", LONG_AGO);
        make("a-server", Map.of(Marks.MANAGED_BY, Marks.US, Marks.COMPONENT, "serve"), "Complete", LONG_AGO);

        assertThat(JobSweep.sweep(cluster.client(), MockedCluster.NAMESPACE, KEEP, NOW))
                .containsExactlyInAnyOrder("complete", "failed");
        assertThat(cluster.jobs())
                .extracting(job -> job.getMetadata().getName())
                .containsExactlyInAnyOrder("lately", "at-work", "no-time", "of-others", "a-server");
    }

    private void make(String name, Map<String, String> labels, String condition, String at) {
        Job job = new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(MockedCluster.NAMESPACE)
                .withLabels(labels)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .withLastTransitionTime(at)
                .endCondition()
                .endStatus()
                .build();
        cluster.client().resource(job).create();
    }
}
