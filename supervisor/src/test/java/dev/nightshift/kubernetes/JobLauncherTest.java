package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobLauncherTest {

    private final MockedCluster cluster = MockedCluster.start();
    private final Launched launched = Launched.through(cluster.anotherClient());

    @AfterEach
    void end() {
        launched.close();
        cluster.close();
    }

    @Test
    void a_worker_is_a_job_of_its_own_that_is_told_when_it_runs_and_how_it_ends() {
        launched.start();
        Job job = cluster.awaitJob();
        assertThat(job.getMetadata().getName()).isEqualTo("nightshift-orders-total-7f3kmq-1");

        Pod pod = cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);
        cluster.ended(pod, 0, "Completed");
        cluster.verdict(job, "Complete", "CompletionsReached");

        assertThat(launched.await(WorkerNews.Ended.class).code()).isZero();
    }

    @Test
    void an_evicted_pod_is_replaced_by_its_job_and_does_not_count_as_an_end() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod first = cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);

        cluster.evicted(first, 143);

        assertThat(launched.await(WorkerNews.Replaced.class).how())
                .contains("exit code 143")
                .contains("EvictionByEvictionAPI");
        launched.news.clear();
        cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);
        assertThat(launched.news).noneMatch(WorkerNews.Ended.class::isInstance);
        assertThat(cluster.jobs()).hasSize(1);
    }

    @Test
    void a_crash_is_told_with_its_exit_code_and_what_it_ran_out_of() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod pod = cluster.runningPod(job);
        cluster.ended(pod, 137, "OOMKilled");
        cluster.verdict(job, "Failed", "BackoffLimitExceeded");

        WorkerNews.Ended ended = launched.await(WorkerNews.Ended.class);
        assertThat(ended.code()).isEqualTo(137);
        assertThat(ended.how()).contains("OOMKilled").contains("512Mi");
    }

    @Test
    void a_pod_that_is_lost_with_its_machine_leaves_no_exit_code() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod pod = cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);
        cluster.verdict(job, "Failed", "BackoffLimitExceeded");
        cluster.remove(pod);

        // The Job's end may be seen before or after the pod's; it has no exit code either way.
        assertThat(launched.await(WorkerNews.Gone.class).how()).contains("exit code");
    }

    @Test
    void an_image_that_cannot_be_pulled_is_refused_after_its_time_in_the_kubelets_words() {
        launched.start();
        Pod pod = cluster.pod(cluster.awaitJob());
        cluster.waits(pod, "ImagePullBackOff", "Back-off pulling image: not found");

        launched.awaitTold("worker-waits", "not found");
        WorkerNews.Refused refused = launched.await(WorkerNews.Refused.class);
        assertThat(refused.explanation().what())
                .contains("registry.example/nightshift@sha256:aa cannot be had")
                .contains("ImagePullBackOff");
    }

    @Test
    void an_attempt_that_is_older_than_its_deadline_is_refused_before_the_jobs_own_fires() {
        Limits limits = new Limits(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofDays(7));
        try (Launched brief = Launched.through(cluster.anotherClient(), limits)) {
            brief.start();
            Job job = cluster.awaitJob();
            cluster.runningPod(job);

            assertThat(brief.await(WorkerNews.Refused.class).explanation().what())
                    .contains("deadline");
            assertThat(job.getSpec().getActiveDeadlineSeconds())
                    .isEqualTo(limits.deadline().plus(HardenedJob.BEHIND_OURS).toSeconds());
        }
    }

    @Test
    void a_supervisor_that_begins_follows_the_job_that_is_there() {
        launched.start();
        Job job = cluster.awaitJob();
        cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);
        launched.leave();

        try (Launched next = Launched.through(cluster.anotherClient())) {
            next.start();
            next.await(WorkerNews.Runs.class);
            next.awaitTold("worker-job", "was at work already");
            assertThat(cluster.jobs()).hasSize(1);
        }
    }

    @Test
    void two_supervisors_that_begin_at_once_share_one_job() {
        try (Launched other = Launched.through(cluster.anotherClient())) {
            launched.start();
            other.start();
            MockedCluster.await(
                    "both to follow",
                    () -> launched.launcher.current().isPresent()
                            && other.launcher.current().isPresent());
            assertThat(cluster.jobs()).hasSize(1);
        }
    }

    @Test
    void another_start_ends_the_job_before_and_makes_the_next_attempt() {
        launched.start();
        Job job = cluster.awaitJob();
        launched.killWithoutWaiting();
        launched.start();

        Job next = cluster.awaitJob("nightshift-orders-total-7f3kmq-2");
        assertThat(cluster.jobs())
                .extracting(each -> each.getMetadata().getName())
                .containsExactly(next.getMetadata().getName())
                .doesNotContain(job.getMetadata().getName());
    }

    @Test
    void stopping_waits_for_the_pod_and_says_so_when_it_cannot_know() {
        launched.start();
        Job job = cluster.awaitJob();
        cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);

        launched.stop();

        assertThat(cluster.jobs()).isEmpty();
        assertThat(launched.told("worker-unknown")).hasSize(1);
    }

    @Test
    void a_job_that_somebody_deletes_is_told_as_gone() {
        launched.start();
        Job job = cluster.awaitJob();
        cluster.runningPod(job);
        launched.await(WorkerNews.Runs.class);

        cluster.client().batch().v1().jobs().resource(job).delete();

        assertThat(launched.await(WorkerNews.Gone.class).how()).contains("deleted");
    }

    @Test
    void while_the_api_server_is_away_nothing_is_concluded_and_then_it_is_caught_up() throws IOException {
        try (Relay relay = Relay.to(cluster.port());
                Launched far = Launched.through(through(relay))) {
            far.start();
            Job job = cluster.awaitJob();
            Pod pod = cluster.runningPod(job);
            far.await(WorkerNews.Runs.class);
            far.news.clear();

            relay.cut();
            cluster.ended(pod, 75, "Error");
            cluster.verdict(job, "Failed", "PodFailurePolicy");
            far.stillSaysNothing(Duration.ofSeconds(5));
            relay.restore();

            assertThat(far.await(WorkerNews.Ended.class).code()).isEqualTo(75);
        }
    }

    @Test
    void a_start_is_tried_until_the_api_server_answers() throws IOException {
        try (Relay relay = Relay.to(cluster.port());
                Launched far = Launched.through(through(relay))) {
            relay.cut();
            far.start();
            far.awaitTold("worker-waits", "does not answer");
            assertThat(cluster.jobs()).isEmpty();
            relay.restore();

            cluster.awaitJob();
            assertThat(far.news).noneMatch(WorkerNews.Refused.class::isInstance);
        }
    }

    @Test
    void a_stop_does_not_wait_for_an_api_server_that_is_away_and_the_job_ends_later() throws IOException {
        try (Relay relay = Relay.to(cluster.port());
                Launched far = Launched.through(through(relay))) {
            far.start();
            cluster.awaitJob();
            relay.cut();
            far.stop();
            assertThat(far.told("worker-unknown")).hasSize(1);
            relay.restore();

            MockedCluster.await("the Job to be deleted", () -> cluster.jobs().isEmpty());
        }
    }

    private KubernetesClient through(Relay relay) {
        return new KubernetesClientBuilder()
                .withConfig(Cluster.limited(new ConfigBuilder(cluster.client().getConfiguration())
                        .withMasterUrl("http://127.0.0.1:" + relay.port() + "/")
                        .build()))
                .build();
    }
}
