package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows Jobs and pods by their labels: lists them, watches what changes, and lists anew whenever the watch broke, for as
 * long as it is open. What it knows while the API server is away is what it knew before.
 */
final class JobFollower implements AutoCloseable {

    private final SharedIndexInformer<Job> jobs;
    private final SharedIndexInformer<Pod> pods;

    private JobFollower(SharedIndexInformer<Job> jobs, SharedIndexInformer<Pod> pods) {
        this.jobs = jobs;
        this.pods = pods;
    }

    /** @param changed told, from any thread, that something is different now */
    static JobFollower open(KubernetesClient client, String namespace, Map<String, String> labels, Runnable changed) {
        SharedIndexInformer<Job> jobs = client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabels(labels)
                .runnableInformer(0)
                .exceptionHandler((started, failure) -> true)
                .addEventHandler(new Changed<>(changed));
        SharedIndexInformer<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabels(labels)
                .runnableInformer(0)
                .exceptionHandler((started, failure) -> true)
                .addEventHandler(new Changed<>(changed));
        jobs.start();
        pods.start();
        return new JobFollower(jobs, pods);
    }

    /** Whether what it says is what the API server has now. */
    boolean isUpToDate() {
        return jobs.isWatching() && pods.isWatching() && jobs.hasSynced() && pods.hasSynced();
    }

    /** Empty when there is no such Job. */
    Optional<JobReading> read(String name) {
        return jobs.getStore().list().stream()
                .filter(job -> job.getMetadata().getName().equals(name))
                .findFirst()
                .map(job -> JobReading.of(job, podsOf(job)));
    }

    private List<Pod> podsOf(Job job) {
        String number = Integer.toString(WorkerJob.number(job));
        return pods.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getLabels() != null
                        && number.equals(pod.getMetadata().getLabels().get(Marks.ATTEMPT)))
                .toList();
    }

    @Override
    public void close() {
        jobs.stop();
        pods.stop();
    }

    private record Changed<T>(Runnable changed) implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.run();
        }

        @Override
        public void onDelete(T deleted, boolean unknown) {
            changed.run();
        }
    }
}
