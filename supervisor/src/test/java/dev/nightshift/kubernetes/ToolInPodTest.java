package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.plan.ToolCommand;
import dev.nightshift.sandbox.Relay;
import dev.nightshift.worker.Tools;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolInPodTest {

    private static final Limits LIMITS = new Limits(
            Duration.ofMinutes(3),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofDays(7));

    private final MockedCluster cluster = MockedCluster.start();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final ToolJob template = new ToolJob(
            Launched.settings(LIMITS),
            Launched.RUN,
            Optional.of(new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withName("worker")
                    .withUid("0f")
                    .build()));

    @AfterEach
    void end() {
        cluster.close();
    }

    private Job job() {
        return template.of(
                step(),
                "1",
                Map.of("DATABASE_URL", "postgresql://m:" + ToolJob.PASSWORD + "@db/shop", "GREETING", "$(whoami)"));
    }

    private static ExternalStep step() {
        return new ExternalStep(
                "upgrade",
                new ToolCommand(
                        List.of("sh", "-c", "echo $(date)"),
                        new ToolCommand.Place(Optional.of("shop:1"), Optional.empty()),
                        Map.of(),
                        Optional.of("DATABASE_URL")),
                new ExternalStep.Limits(Duration.ofHours(1), Duration.ofSeconds(1), true),
                Optional.empty(),
                List.of(),
                new ExternalStep.History(Optional.empty(), Optional.empty()));
    }

    private ToolInPod start() {
        return start(cluster.client());
    }

    private ToolInPod start(KubernetesClient client) {
        return ToolInPod.start(new ToolJobs(client, MockedCluster.NAMESPACE, Launched.RUN), job(), LIMITS, lines::add);
    }

    private static Tools.Ended ended(ToolInPod tool) {
        return tool.end(Duration.ofMinutes(3)).orElseThrow(() -> new AssertionError("it did not end"));
    }

    @Test
    void its_job_starts_it_once_without_a_token_and_with_the_password_from_its_secret() {
        Job job = job();
        PodSpec pod = job.getSpec().getTemplate().getSpec();

        assertThat(job.getMetadata().getName()).isEqualTo("nightshift-7f3kmq-upgrade-1");
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getPodFailurePolicy()).isNull();
        assertThat(job.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getVolumes()).extracting(volume -> volume.getName()).containsExactly("tmp");
        assertThat(pod.getContainers().get(0).getCommand()).containsExactly("sh", "-c", "echo $$(date)");
        List<EnvVar> variables = pod.getContainers().get(0).getEnv();
        assertThat(variables.get(0).getName()).isEqualTo("PGPASSWORD");
        assertThat(variables.get(0).getValueFrom().getSecretKeyRef().getName()).isEqualTo("shop-migrator");
        assertThat(variables)
                .extracting(EnvVar::getName, EnvVar::getValue)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("DATABASE_URL", "postgresql://m:$(PGPASSWORD)@db/shop"),
                        org.assertj.core.groups.Tuple.tuple("GREETING", "$$(whoami)"));
    }

    @Test
    void it_ends_with_its_exit_status_after_every_line_that_it_printed() {
        try (ToolInPod tool = start()) {
            Pod pod = cluster.runningPod(cluster.awaitJob());
            cluster.prints(pod, "begins");
            MockedCluster.await("the first line", () -> lines.contains("begins"));
            cluster.prints(pod, "last words");
            cluster.ended(pod, 3, "Error");

            assertThat(ended(tool).status()).hasValue(3);
            assertThat(lines).containsExactly("begins", "last words");
        }
        assertThat(cluster.jobs()).as("to be looked at").hasSize(1);
    }

    @Test
    void what_a_drain_ends_with_0_is_not_known_to_be_done() {
        try (ToolInPod tool = start()) {
            cluster.evicted(cluster.runningPod(cluster.awaitJob()), 0);

            Tools.Ended ended = ended(tool);
            assertThat(ended.status()).isEmpty();
            assertThat(ended.how()).contains("EvictionByEvictionAPI");
        }
    }

    @Test
    void a_pod_that_is_lost_leaves_nothing_to_know() {
        try (ToolInPod tool = start()) {
            Job job = cluster.awaitJob();
            Pod pod = cluster.runningPod(job);
            cluster.verdict(job, "Failed", "BackoffLimitExceeded");
            cluster.remove(pod);

            assertThat(ended(tool).status()).isEmpty();
        }
    }

    @Test
    void an_image_that_cannot_be_had_is_a_start_that_was_none() {
        try (ToolInPod tool = start()) {
            cluster.waits(cluster.pod(cluster.awaitJob()), "ImagePullBackOff", "not found");

            Tools.Ended ended = ended(tool);
            assertThat(ended.status()).isEqualTo(OptionalInt.of(126));
            assertThat(ended.how()).contains("did not begin").contains("shop:1 cannot be had");
            assertThat(cluster.jobs()).isEmpty();
        }
    }

    @Test
    void a_worker_without_the_right_to_make_jobs_says_what_to_apply() {
        cluster.objects().refuse("jobs.batch is forbidden: User cannot create resource \"jobs\"");
        try (ToolInPod tool = start()) {
            assertThat(ended(tool).how()).contains("may not do that");
        }
    }

    @Test
    void an_api_server_that_is_away_hides_it_and_nothing_is_concluded() throws IOException {
        try (Relay relay = Relay.to(cluster.port());
                ToolInPod tool = start(cluster.clientThrough(relay))) {
            Pod pod = cluster.runningPod(cluster.awaitJob());
            cluster.prints(pod, "one");
            MockedCluster.await("the first line", () -> lines.contains("one"));
            relay.cut();
            cluster.prints(pod, "two");
            cluster.ended(pod, 0, "Completed");
            assertThat(tool.end(Duration.ofSeconds(3))).isEmpty();
            relay.restore();

            assertThat(ended(tool).status()).hasValue(0);
            assertThat(lines).containsExactly("one", "two");
        }
    }

    @Test
    void to_end_it_its_job_is_deleted() {
        try (ToolInPod tool = start()) {
            Pod pod = cluster.runningPod(cluster.awaitJob());
            tool.terminate();
            MockedCluster.await("the Job to be deleted", () -> cluster.jobs().isEmpty());
            cluster.remove(pod);

            assertThat(ended(tool).status()).isEmpty();
        }
    }

    @Test
    void what_is_left_of_a_run_is_ended_and_of_no_other() {
        ToolJobs jobs = new ToolJobs(cluster.client(), MockedCluster.NAMESPACE, Launched.RUN);
        jobs.make(job());
        Pod pod = cluster.runningPod(cluster.awaitJob());
        ToolJobs others =
                new ToolJobs(cluster.client(), MockedCluster.NAMESPACE, new dev.nightshift.run.RunId("k2p9xa"));

        assertThat(others.end(Duration.ZERO)).isTrue();
        assertThat(cluster.jobs()).hasSize(1);
        assertThat(jobs.end(Duration.ZERO)).as("its pod is still there").isFalse();
        cluster.remove(pod);
        assertThat(jobs.end(Duration.ZERO)).isTrue();
        assertThat(cluster.jobs()).isEmpty();
    }
}
