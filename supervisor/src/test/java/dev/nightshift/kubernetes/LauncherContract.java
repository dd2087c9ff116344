package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.plan.KubernetesSettings.PasswordKey;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a launcher makes of Jobs, on whatever cluster: each of them once with a played one and once with the user's. */
abstract class LauncherContract {

    private static final RunId OTHER = new RunId("k2p9xa");

    private JobCluster cluster;
    private Launched launched;

    abstract JobCluster cluster();

    @BeforeEach
    void begin() {
        cluster = cluster();
        launched = launched(cluster.connect(), cluster.limits());
    }

    @AfterEach
    void end() {
        launched.close();
        cluster.close();
    }

    private Launched launched(KubernetesClient client, Limits limits) {
        return launched(client, cluster.image(), limits, Launched.RUN);
    }

    private Launched launched(KubernetesClient client, String image, Limits limits, RunId run) {
        return launched(client, cluster.settings(image, limits), run);
    }

    private static Launched launched(KubernetesClient client, KubernetesSettings settings, RunId run) {
        return Launched.of(
                client, new WorkerJob(settings, run, "orders-total", Launched.database(), false, JobCluster.WORKER));
    }

    private Limits limits(Duration deadline, Duration keepFinished) {
        Limits usual = cluster.limits();
        return new Limits(usual.start(), usual.pull(), usual.grace(), deadline, keepFinished);
    }

    @Test
    void launch_a_worker_is_a_job_of_its_own_that_is_told_when_it_runs_and_how_it_ends() {
        launched.start();
        Job job = cluster.awaitJob();
        assertThat(job.getMetadata().getName()).isEqualTo("nightshift-orders-total-7f3kmq-1");

        Pod pod = cluster.running(job);
        launched.await(WorkerNews.Runs.class);
        cluster.exits(job, pod, 0);

        assertThat(launched.await(WorkerNews.Ended.class).code()).isZero();
    }

    @Test
    void lost_pod_leaves_no_exit_code_and_says_so() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod pod = cluster.running(job);
        launched.await(WorkerNews.Runs.class);
        cluster.loses(job, pod);

        // The Job's end may be seen before or after the pod's; it has no exit code either way.
        assertThat(launched.await(WorkerNews.Gone.class).how()).contains("exit code");
    }

    @Test
    void evicted_pod_ends_with_143_and_is_replaced_by_its_job_which_is_not_complete() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod first = cluster.running(job);
        launched.await(WorkerNews.Runs.class);

        cluster.evicts(first);

        assertThat(launched.await(WorkerNews.Replaced.class).how()).contains("EvictionByEvictionAPI");
        launched.news.clear();
        Pod second = cluster.running(job);
        launched.await(WorkerNews.Runs.class);
        assertThat(second.getMetadata().getName())
                .isNotEqualTo(first.getMetadata().getName());
        assertThat(launched.news).noneMatch(WorkerNews.Ended.class::isInstance);
        assertThat(cluster.jobs())
                .singleElement()
                .satisfies(same -> assertThat(JobReading.hasEnded(same)).isFalse());
    }

    @Test
    void failed_image_is_refused_after_its_time_in_the_kubelets_words() {
        String nowhere = "registry.invalid/nightshift@sha256:" + "0".repeat(64);
        try (Launched without = launched(cluster.connect(), nowhere, cluster.limits(), OTHER)) {
            without.start();
            cluster.withoutImage(cluster.awaitJob());

            WorkerNews.Refused refused = without.await(WorkerNews.Refused.class);
            assertThat(refused.explanation().what())
                    .contains(nowhere + " cannot be had")
                    .containsAnyOf("ImagePullBackOff", "ErrImagePull");
            assertThat(without.told("worker-waits")).isNotEmpty();
        }
    }

    @Test
    void missing_secret_is_named_in_the_kubelets_words_while_the_pod_waits_for_it() {
        KubernetesSettings settings = cluster.settings(
                cluster.image(), cluster.limits(), Optional.of(new PasswordKey("nightshift-none", "password")));
        try (Launched without = launched(cluster.connect(), settings, OTHER)) {
            without.start();
            cluster.withoutSecret(cluster.awaitJob(), "nightshift-none");

            without.awaitTold("worker-waits", "secret \"nightshift-none\" not found");
        }
    }

    @Test
    void deadline_of_an_attempt_is_ours_and_comes_before_the_jobs_own() {
        Limits limits = limits(Duration.ofSeconds(2), Duration.ofDays(7));
        try (Launched brief = launched(cluster.connect(), limits)) {
            brief.start();
            Job job = cluster.awaitJob();
            Pod ignored = cluster.running(job);

            assertThat(brief.await(WorkerNews.Refused.class).explanation().what())
                    .contains("deadline");
            assertThat(job.getSpec().getActiveDeadlineSeconds())
                    .isEqualTo(limits.deadline().plus(HardenedJob.BEHIND_OURS).toSeconds());
        }
    }

    @Test
    void adoption_a_supervisor_that_begins_follows_the_job_that_is_there() {
        launched.start();
        Job job = cluster.awaitJob();
        Pod pod = cluster.running(job);
        launched.await(WorkerNews.Runs.class);
        launched.leave();

        try (Launched next = launched(cluster.connect(), cluster.limits())) {
            next.start();
            next.await(WorkerNews.Runs.class);
            next.awaitTold("worker-job", "was at work already");
            assertThat(cluster.jobs()).hasSize(1);
            cluster.exits(job, pod, 75);
            assertThat(next.await(WorkerNews.Ended.class).code()).isEqualTo(75);
        }
    }

    @Test
    void clean_up_removes_what_finished_long_ago_when_the_next_worker_begins() {
        Limits brief = limits(Duration.ofHours(1), Duration.ofSeconds(1));
        try (Launched first = launched(cluster.connect(), brief);
                Launched next = launched(cluster.connect(), cluster.image(), brief, OTHER)) {
            first.start();
            Job old = cluster.awaitJob();
            cluster.exits(old, cluster.running(old), 0);
            first.await(WorkerNews.Ended.class);
            MockedCluster.await(
                    "the Job to be old",
                    () -> JobSweep.old(
                                    cluster.client(),
                                    cluster.namespace(),
                                    brief.keepFinished(),
                                    java.time.Instant.now())
                            .contains(old.getMetadata().getName()));
            next.start();

            MockedCluster.await(
                    "the old Job to be removed and the new one to stay",
                    () -> cluster.jobs().stream()
                            .allMatch(job -> job.getMetadata().getName().contains(OTHER.text())));
            assertThat(cluster.awaitJob().getMetadata().getName()).contains(OTHER.text());
        }
    }

    @Test
    void two_supervisors_that_begin_at_once_share_one_job() {
        try (Launched other = launched(cluster.connect(), cluster.limits())) {
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
    void api_server_away_nothing_is_concluded_and_then_it_is_caught_up() throws IOException {
        try (Relay relay = cluster.relay();
                Launched far = launched(cluster.connect(relay), cluster.limits())) {
            far.start();
            Job job = cluster.awaitJob();
            Pod pod = cluster.running(job);
            far.await(WorkerNews.Runs.class);
            far.news.clear();

            relay.cut();
            cluster.exits(job, pod, 75);
            far.stillSaysNothing(cluster.away());
            relay.restore();

            assertThat(far.await(WorkerNews.Ended.class).code()).isEqualTo(75);
        }
    }
}
