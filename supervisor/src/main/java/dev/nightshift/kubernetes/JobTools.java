package dev.nightshift.kubernetes;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Tools;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tools as Jobs, from images of their own; started by the worker, whose pod owns them. */
public final class JobTools implements Tools {

    /** Stands for the password in what a tool is told. */
    public static final String PASSWORD = ToolJob.PASSWORD;

    private static final Duration UNTIL_GONE = Duration.ofSeconds(20);

    private final ToolJob jobs;
    private final BiFunction<ExternalStep, String, Map<String, String>> variables;
    private @Nullable KubernetesClient client;

    private JobTools(ToolJob jobs, BiFunction<ExternalStep, String, Map<String, String>> variables) {
        this.jobs = jobs;
        this.variables = variables;
    }

    /**
     * Of a worker in a pod.
     *
     * @param setting what its supervisor told it
     * @param variables what a step's tool is told for a session's name, where {@link #PASSWORD} stands for the password
     */
    public static JobTools of(Setting setting, BiFunction<ExternalStep, String, Map<String, String>> variables) {
        Optional<OwnerReference> owner = setting.pod()
                .map(pod -> new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(pod.name())
                        .withUid(pod.uid())
                        .build());
        return new JobTools(new ToolJob(setting.settings(), setting.run(), owner), variables);
    }

    /**
     * Where the worker is.
     *
     * @param pod empty for a worker outside of the cluster
     */
    public record Setting(KubernetesSettings settings, RunId run, Optional<OwnPod> pod) {}

    /** A pod as its own program knows it. */
    public record OwnPod(String name, String uid) {}

    @Override
    public List<Explanation> problems(ExternalStep step) {
        return List.of();
    }

    @Override
    public void endLeft(ExternalStep step) {
        try {
            if (!asked().end(UNTIL_GONE)) {
                throw left("its pod does not end");
            }
        } catch (KubernetesClientException e) {
            throw ClusterFailures.of("ending what is left of step " + step.name(), e);
        }
    }

    private Transient left(String why) {
        return new Transient(new Explanation(
                "a tool of an earlier worker may still be at work: " + why,
                "looking after run " + jobs.run(),
                "whatever it does; it has no session any more",
                "nothing: it is tried again; kubectl get pods -l " + Marks.RUN + "=" + jobs.run()));
    }

    @Override
    public Running start(ExternalStep step, String session, Consumer<String> lines) {
        String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return ToolInPod.start(
                asked(),
                jobs.of(step, start, variables.apply(step, session)),
                jobs.settings().limits(),
                lines);
    }

    private ToolJobs asked() {
        return new ToolJobs(connected(), jobs.settings().namespace(), jobs.run());
    }

    private synchronized KubernetesClient connected() {
        KubernetesClient open = client;
        if (open == null) {
            open = new KubernetesClientBuilder()
                    .withConfig(Cluster.limited(Config.autoConfigure(null)))
                    .build();
            client = open;
        }
        return open;
    }
}
