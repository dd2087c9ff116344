package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJobTest {

    private final Job job = template("orders-total").attempt(3);
    private final PodSpec pod = job.getSpec().getTemplate().getSpec();
    private final Container worker = pod.getContainers().get(0);

    private static WorkerJob template(String plan) {
        return new WorkerJob(Launched.settings(Launched.LIMITS), new RunId("7f3kmq"), plan, Launched.database(), false);
    }

    @Test
    void the_cluster_replaces_what_it_disrupted_and_every_other_end_ends_the_job() {
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getParallelism()).isEqualTo(1);
        assertThat(job.getSpec().getCompletions()).isEqualTo(1);
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(job.getSpec().getPodReplacementPolicy()).isEqualTo("Failed");
        List<PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
        // The first that fits counts: a worker that parked because of a drain ends with 143 as well.
        assertThat(rules).extracting(PodFailurePolicyRule::getAction).containsExactly("Ignore", "FailJob");
        assertThat(rules.get(0).getOnPodConditions()).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("DisruptionTarget");
            assertThat(condition.getStatus()).isEqualTo("True");
        });
        assertThat(rules.get(1).getOnExitCodes().getContainerName()).isEqualTo(worker.getName());
        assertThat(rules.get(1).getOnExitCodes().getOperator()).isEqualTo("In");
        assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(2, 75, 143);
    }

    @Test
    void a_restricted_namespace_admits_its_pod() {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(worker.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(worker.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(worker.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(worker.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(worker.getResources().getLimits()).containsKey("memory").doesNotContainKey("cpu");
    }

    @Test
    void neither_autoscaler_moves_it_and_no_sidecar_keeps_it() {
        assertThat(job.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")
                .containsEntry("karpenter.sh/do-not-disrupt", "true")
                .containsEntry("sidecar.istio.io/inject", "false")
                .containsEntry("kubectl.kubernetes.io/default-container", "worker")
                .containsEntry("example.org/owner", "dba");
    }

    @Test
    void the_password_is_a_file_from_a_secret_and_stands_nowhere_else() {
        assertThat(worker.getArgs()).containsExactly("worker", "7f3kmq");
        assertThat(worker.getEnv())
                .filteredOn(variable -> variable.getValue() != null)
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "NIGHTSHIFT_DATABASE", "postgresql://migrator@primary:5432/shop?sslmode=verify-full"),
                        org.assertj.core.groups.Tuple.tuple(
                                "NIGHTSHIFT_PASSWORD_FILE", "/run/nightshift/database/password"));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("shop-migrator");
                    assertThat(volume.getSecret().getItems())
                            .singleElement()
                            .satisfies(item -> assertThat(item.getKey()).isEqualTo("pw"));
                });
    }

    @Test
    void nothing_removes_a_finished_job_but_our_own_sweep() {
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isNull();
        assertThat(job.getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void each_attempt_has_a_name_that_a_label_can_hold() {
        String longest = "a".repeat(45) + "-" + "b".repeat(14);

        assertThat(template("orders-total").name(3)).isEqualTo("nightshift-orders-total-7f3kmq-3");
        assertThat(template(longest).name(12345))
                .hasSizeLessThanOrEqualTo(63)
                .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
                .endsWith("-7f3kmq-12345");
        assertThat(job.getMetadata().getLabels()).containsAllEntriesOf(Marks.workersOf(new RunId("7f3kmq")));
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry(Marks.ATTEMPT, "3")
                .containsEntry("team", "shop");
    }

    @Test
    void it_can_be_written_and_read_again() {
        assertThat(Serialization.unmarshal(Serialization.asYaml(job), Job.class))
                .isEqualTo(job);
    }
}
