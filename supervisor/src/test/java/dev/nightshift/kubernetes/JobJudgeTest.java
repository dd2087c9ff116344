package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.plan.KubernetesSettings.Limits;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobJudgeTest {

    private static final Job JOB = new JobBuilder()
            .withNewMetadata()
            .withName("job")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build();
    private static final String QUOTA = "Job job has no pod: exceeded quota: pods";

    private final JobJudge judge = new JobJudge("job", Limits.DEFAULT, 0, Duration.ZERO);

    @Test
    void a_quota_is_told_after_a_while_and_ends_the_start_after_its_time() {
        assertThat(see(QUOTA, 5)).isEmpty();
        assertThat(see(QUOTA, 20)).singleElement().isInstanceOf(WorkerNews.Told.class);
        assertThat(see(QUOTA, 30)).isEmpty();
        assertThat(see(QUOTA, 599)).isEmpty();

        assertThat(see(QUOTA, 601))
                .singleElement()
                .satisfies(news -> assertThat(
                                ((WorkerNews.Refused) news).explanation().what())
                        .contains("600 s")
                        .contains("exceeded quota"));
        assertThat(judge.isOver()).isTrue();
        assertThat(see(QUOTA, 602)).isEmpty();
    }

    @Test
    void a_pod_without_a_node_waits_for_one_as_long_as_a_start_may_take() {
        Pod pod = pod().editOrNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available")
                .endCondition()
                .endStatus()
                .build();

        assertThat(judge.see(JobReading.of(JOB, List.of(pod)), Optional.empty(), seconds(16)))
                .singleElement()
                .satisfies(news ->
                        assertThat(((WorkerNews.Told) news).event().message()).contains("0/3 nodes"));
        assertThat(judge.see(JobReading.of(JOB, List.of(pod)), Optional.empty(), seconds(601)))
                .singleElement()
                .isInstanceOf(WorkerNews.Refused.class);
    }

    @Test
    void a_pull_that_succeeds_in_the_end_is_no_failure_and_its_time_begins_anew() {
        Pod waits = pod().editOrNewStatus()
                .withPhase("Pending")
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting("toomanyrequests", "ErrImagePull")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        Pod pulls = pod().editOrNewStatus().withPhase("Pending").endStatus().build();

        judge.see(JobReading.of(JOB, List.of(waits)), Optional.empty(), seconds(10));
        judge.see(JobReading.of(JOB, List.of(pulls)), Optional.empty(), seconds(100));
        judge.see(JobReading.of(JOB, List.of(waits)), Optional.empty(), seconds(110));
        assertThat(judge.see(JobReading.of(JOB, List.of(waits)), Optional.empty(), seconds(140)))
                .isEmpty();
        assertThat(judge.isOver()).isFalse();
    }

    @Test
    void an_adopted_job_has_the_age_that_it_has() {
        JobJudge adopted = new JobJudge("job", Limits.DEFAULT, 0, Limits.DEFAULT.deadline());

        assertThat(adopted.see(JobReading.of(JOB, List.of(running())), Optional.empty(), seconds(1)))
                .hasSize(2)
                .last()
                .isInstanceOf(WorkerNews.Refused.class);
    }

    @Test
    void a_pod_that_ended_without_the_jobs_word_for_it_is_believed_after_a_minute() {
        Pod ended = pod().editOrNewStatus()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withNewState()
                .withNewTerminated()
                .withExitCode(75)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        judge.see(JobReading.of(JOB, List.of(running())), Optional.empty(), seconds(1));

        judge.see(JobReading.of(JOB, List.of(ended)), Optional.empty(), seconds(2));
        assertThat(judge.isOver()).isFalse();
        assertThat(judge.see(JobReading.of(JOB, List.of(ended)), Optional.empty(), seconds(63)))
                .singleElement()
                .satisfies(news -> assertThat(((WorkerNews.Ended) news).code()).isEqualTo(75));
    }

    @Test
    void a_pod_whose_successor_runs_at_the_next_look_was_replaced() {
        judge.see(JobReading.of(JOB, List.of(running("pod-1"))), Optional.empty(), seconds(1));

        assertThat(judge.see(JobReading.of(JOB, List.of(running("pod-2"))), Optional.empty(), seconds(2)))
                .satisfiesExactly(
                        replaced -> assertThat(((WorkerNews.Replaced) replaced).how())
                                .contains("pod-1"),
                        runs -> assertThat(runs).isInstanceOf(WorkerNews.Runs.class));
    }

    private List<WorkerNews> see(String why, long second) {
        return judge.see(JobReading.of(JOB, List.of()), Optional.of(why), seconds(second));
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    private static Pod running() {
        return running("pod");
    }

    private static Pod running(String name) {
        return pod().editMetadata()
                .withName(name)
                .endMetadata()
                .editOrNewStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withNewState()
                .withNewRunning("2026-01-01T00:00:00Z")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("worker")
                .withImage("image")
                .endContainer()
                .endSpec();
    }
}
