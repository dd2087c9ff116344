package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Removes finished Jobs of workers and tools that nobody looks at any more; their history is in the database. */
final class JobSweep {

    private static final List<String> SWEPT = List.of(Marks.WORKER, Marks.TOOL);

    private JobSweep() {}

    /** Returns the names of what was removed. */
    static List<String> sweep(KubernetesClient client, String namespace, Duration keep, Instant now) {
        List<String> old = old(client, namespace, keep, now);
        old.forEach(name -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
        return old;
    }

    /** Those of ours that ended longer ago than {@code keep}. */
    static List<String> old(KubernetesClient client, String namespace, Duration keep, Instant now) {
        return client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(Marks.MANAGED_BY, Marks.US)
                .list()
                .getItems()
                .stream()
                .filter(job -> SWEPT.contains(job.getMetadata().getLabels().getOrDefault(Marks.COMPONENT, "")))
                .filter(job ->
                        endedAt(job).filter(at -> at.plus(keep).isBefore(now)).isPresent())
                .map(job -> job.getMetadata().getName())
                .toList();
    }

    private static Optional<Instant> endedAt(Job job) {
        return JobReading.verdict(job).map(JobCondition::getLastTransitionTime).flatMap(JobSweep::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
