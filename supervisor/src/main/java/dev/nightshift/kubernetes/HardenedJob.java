package dev.nightshift.kubernetes;

import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.KubernetesSettings.Placement;
import dev.nightshift.plan.KubernetesSettings.Toleration;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Job with one pod that Pod Security's restricted profile admits, that no autoscaler moves, and whose end says what
 * happened: the cluster replaces a pod that it disrupted itself, and every end of the program's own ends the Job.
 */
final class HardenedJob {

    /** The Job's own deadline deletes pod and log, so it lies behind ours. */
    static final Duration BEHIND_OURS = Duration.ofMinutes(10);

    private static final long USER = 10_001L;
    private static final Path PASSWORD_DIRECTORY = Path.of("/run/nightshift/database");
    private static final String PASSWORD_FILE = "password";

    private final KubernetesSettings settings;

    HardenedJob(KubernetesSettings settings) {
        this.settings = settings;
    }

    /**
     * What a Job is to do.
     *
     * @param name of the Job, up to 63 characters
     * @param labels of Job and pod
     */
    record Task(String name, Program program, Map<String, String> labels, Conduct conduct) {}

    /**
     * What its container starts.
     *
     * @param container how it is called
     * @param command replaces the image's entry point; empty to keep it
     * @param directory empty for the one that the image says
     */
    record Program(
            String container,
            String image,
            List<String> command,
            List<String> arguments,
            List<EnvVar> environment,
            Optional<Path> directory) {}

    /**
     * How it is treated.
     *
     * @param ours whether it is a program of ours: it gets the password as a file and the volume for dumps, and the cluster
     *     may start it again where it has disrupted it
     * @param exits the exit codes that the program gives on purpose, but for 0
     * @param token whether it may speak to the API server
     * @param deadline after which the Job ends it
     * @param owner with whom it is removed
     */
    record Conduct(
            boolean ours, List<Integer> exits, boolean token, Duration deadline, Optional<OwnerReference> owner) {}

    Job of(Task task) {
        Map<String, String> labels = new LinkedHashMap<>(settings.marks().labels());
        labels.putAll(task.labels());
        Map<String, String> annotations = annotations(task);
        JobBuilder job = new JobBuilder()
                .withNewMetadata()
                .withName(task.name())
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .withAnnotations(settings.marks().annotations())
                .withOwnerReferences(task.conduct().owner().stream().toList())
                .endMetadata()
                .withNewSpec()
                .withParallelism(1)
                .withCompletions(1)
                .withBackoffLimit(0)
                .withPodReplacementPolicy("Failed")
                .withActiveDeadlineSeconds(task.conduct().deadline().toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(pod(task))
                .endTemplate()
                .endSpec();
        if (task.conduct().ours()) {
            job.editSpec().withPodFailurePolicy(ends(task)).endSpec();
        }
        return job.build();
    }

    /** Who is not ours is started once, whoever ended it: without a policy every end of its pod ends the Job. */
    private static PodFailurePolicy ends(Task task) {
        return new PodFailurePolicyBuilder()
                .addToRules(new PodFailurePolicyRuleBuilder()
                        .withAction("Ignore")
                        .addNewOnPodCondition("True", "DisruptionTarget")
                        .build())
                .addToRules(new PodFailurePolicyRuleBuilder()
                        .withAction("FailJob")
                        .withNewOnExitCodes()
                        .withContainerName(task.program().container())
                        .withOperator("In")
                        .withValues(task.conduct().exits())
                        .endOnExitCodes()
                        .build())
                .build();
    }

    private Map<String, String> annotations(Task task) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        annotations.put("karpenter.sh/do-not-disrupt", "true");
        annotations.put(
                "kubectl.kubernetes.io/default-container", task.program().container());
        // A sidecar that never ends keeps its Job from ending.
        annotations.put("sidecar.istio.io/inject", "false");
        annotations.putAll(settings.marks().annotations());
        return annotations;
    }

    private PodSpec pod(Task task) {
        Placement placement = settings.placement();
        PodSpecBuilder pod = new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(placement.serviceAccount())
                .withAutomountServiceAccountToken(task.conduct().token())
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(settings.limits().grace().toSeconds())
                .withNodeSelector(placement.nodeSelector())
                .withTolerations(placement.tolerations().stream()
                        .map(HardenedJob::toleration)
                        .toList())
                .withSecurityContext(new PodSecurityContextBuilder()
                        .withRunAsNonRoot(true)
                        .withRunAsUser(USER)
                        .withRunAsGroup(USER)
                        .withFsGroup(USER)
                        .withNewSeccompProfile(null, "RuntimeDefault")
                        .build())
                .withVolumes(volumes(task.conduct().ours()))
                .withContainers(container(task));
        placement.priorityClass().ifPresent(pod::withPriorityClassName);
        return pod.build();
    }

    private Container container(Task task) {
        Program program = task.program();
        Map<String, Quantity> requests = settings.placement().requests().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> new Quantity(each.getValue())));
        Map<String, Quantity> limits = requests.entrySet().stream()
                .filter(each -> !each.getKey().equals("cpu"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        ContainerBuilder container = new ContainerBuilder()
                .withName(program.container())
                .withImage(program.image())
                .withCommand(program.command())
                .withArgs(program.arguments())
                .withEnv(environment(task))
                .withVolumeMounts(mounts(task.conduct().ours()))
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewResources()
                .withRequests(requests)
                .withLimits(limits)
                .endResources()
                .withSecurityContext(new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(false)
                        .withReadOnlyRootFilesystem(true)
                        .withRunAsNonRoot(true)
                        .withCapabilities(
                                new CapabilitiesBuilder().withDrop("ALL").build())
                        .build());
        program.directory().ifPresent(directory -> container.withWorkingDir(directory.toString()));
        settings.secrets()
                .environment()
                .forEach(secret -> container
                        .addNewEnvFrom()
                        .withNewSecretRef(secret, false)
                        .endEnvFrom());
        return container.build();
    }

    private List<EnvVar> environment(Task task) {
        List<EnvVar> all = new ArrayList<>(task.program().environment());
        if (!task.conduct().ours()) {
            return all;
        }
        if (settings.secrets().password().isPresent()) {
            all.add(new EnvVar(
                    "NIGHTSHIFT_PASSWORD_FILE",
                    PASSWORD_DIRECTORY.resolve(PASSWORD_FILE).toString(),
                    null));
        }
        all.add(field("NIGHTSHIFT_POD", "metadata.name"));
        all.add(field("NIGHTSHIFT_POD_UID", "metadata.uid"));
        all.add(field("NIGHTSHIFT_NODE", "spec.nodeName"));
        return all;
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef(null, path)
                .endValueFrom()
                .build();
    }

    private List<Volume> volumes(boolean ours) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        if (!ours) {
            return volumes;
        }
        settings.secrets()
                .password()
                .ifPresent(password -> volumes.add(new VolumeBuilder()
                        .withName("password")
                        .withNewSecret()
                        .withSecretName(password.secret())
                        .withDefaultMode(0440)
                        .addNewItem()
                        .withKey(password.key())
                        .withPath(PASSWORD_FILE)
                        .endItem()
                        .endSecret()
                        .build()));
        settings.placement()
                .dumps()
                .ifPresent(dumps -> volumes.add(new VolumeBuilder()
                        .withName("dumps")
                        .withNewPersistentVolumeClaim(dumps.claim(), false)
                        .build()));
        return volumes;
    }

    private List<VolumeMount> mounts(boolean ours) {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("tmp", Path.of("/tmp"), false));
        if (!ours) {
            return mounts;
        }
        settings.secrets().password().ifPresent(password -> mounts.add(mount("password", PASSWORD_DIRECTORY, true)));
        settings.placement().dumps().ifPresent(dumps -> mounts.add(mount("dumps", dumps.path(), false)));
        return mounts;
    }

    private static VolumeMount mount(String name, Path path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path.toString())
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Toleration toleration(Toleration from) {
        return new TolerationBuilder()
                .withKey(orNull(from.key()))
                .withOperator(orNull(from.operator()))
                .withValue(orNull(from.value()))
                .withEffect(orNull(from.effect()))
                .build();
    }

    @org.jspecify.annotations.Nullable private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
