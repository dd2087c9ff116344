package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a played cluster can be asked to do; {@link LauncherContract} has the rest. */
class JobLauncherTest {

    private final MockedCluster cluster = MockedCluster.start();
    private final Launched launched = Launched.through(cluster.anotherClient());

    @AfterEach
    void end() {
        launched.close();
        cluster.close();
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

    @Test
    void a_quota_that_is_used_up_is_waited_for() {
        cluster.objects()
                .refuse("jobs.batch \"one\" is forbidden: exceeded quota: jobs, requested: count/jobs.batch=1");
        launched.start();
        launched.awaitTold("worker-waits", "quota does not allow it");
        assertThat(cluster.jobs()).isEmpty();
        cluster.objects().refuseNothing();

        cluster.awaitJob();
        assertThat(launched.news).noneMatch(WorkerNews.Refused.class::isInstance);
    }

    @Test
    void a_service_account_without_the_right_is_refused_at_once_and_told_what_to_apply() {
        cluster.objects().refuse("jobs.batch is forbidden: User cannot create resource \"jobs\"");
        launched.start();

        assertThat(launched.await(WorkerNews.Refused.class).explanation().todo())
                .contains("apply the Role");
    }

    private KubernetesClient through(Relay relay) {
        return cluster.clientThrough(relay);
    }
}
