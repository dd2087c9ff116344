package dev.nightshift.kubernetes;

import dev.nightshift.run.RunId;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of the API server for the Jobs of one run's tools; each call blocks its thread. */
final class ToolJobs {

    private static final int EXISTS = 409;

    /** For the kubelet to say that it is gone; without any, the API server forgets a pod that may still run. */
    private static final long AT_ONCE_SECONDS = 1;

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, String> labels;

    ToolJobs(KubernetesClient client, String namespace, RunId run) {
        this.client = client;
        this.namespace = namespace;
        this.labels = Marks.toolsOf(run);
    }

    /** May be repeated: its name is that of one start alone. */
    void make(Job job) {
        try {
            Job ignored = client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .resource(job)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != EXISTS) {
                throw e;
            }
        }
    }

    Optional<Job> read(String name) {
        return Optional.ofNullable(
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
    }

    /** Of the start with that name, the newest last. */
    List<PodReading> pods(String name) {
        List<Pod> found = client.pods()
                .inNamespace(namespace)
                .withLabels(labels)
                .withLabel(Marks.START, name)
                .list()
                .getItems();
        return found.stream()
                .map(PodReading::new)
                .sorted(Comparator.comparing(PodReading::made))
                .toList();
    }

    /** Its pod is asked to end, and killed after its grace. */
    void delete(String name) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    /** Its pod is killed now. */
    void kill(String name) {
        delete(name);
        pods(name)
                .forEach(pod -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod.name())
                        .withGracePeriod(AT_ONCE_SECONDS)
                        .delete());
    }

    /** Ends every tool of the run; false where pods were still there when {@code longest} was over. */
    boolean end(Duration longest) {
        List<Job> live = client.batch().v1().jobs().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                .filter(JobReading::isLive)
                .toList();
        live.forEach(job -> delete(job.getMetadata().getName()));
        return PodsGone.within(longest, () -> !isAnyPodAlive());
    }

    private boolean isAnyPodAlive() {
        return client.pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                .anyMatch(pod -> !new PodReading(pod).hasEnded());
    }

    /**
     * What it has printed from that second on, each line behind its time; the newest lines of more than enough. The client's
     * own way waits for a pod to be ready first, which one that has ended never is.
     */
    String log(String pod, Optional<String> since) {
        String answer = client.raw("/api/v1/namespaces/" + namespace + "/pods/" + pod
                + "/log?timestamps=true&tailLines=" + PodLog.MOST_LINES
                + since.map(time -> "&sinceTime=" + time).orElse(""));
        return Optional.ofNullable(answer).orElse("");
    }
}
