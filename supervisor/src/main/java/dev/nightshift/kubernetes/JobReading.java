package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Job and its pods as the API server has them.
 *
 * @param pods the newest last
 */
record JobReading(Job job, List<PodReading> pods) {

    static JobReading of(Job job, List<Pod> pods) {
        return new JobReading(
                job,
                pods.stream()
                        .map(PodReading::new)
                        .sorted(Comparator.comparing(PodReading::made).thenComparing(PodReading::name))
                        .toList());
    }

    static boolean isLive(Job job) {
        return job.getMetadata().getDeletionTimestamp() == null && verdict(job).isEmpty();
    }

    static boolean hasEnded(Job job) {
        return verdict(job).isPresent();
    }

    /** The condition by which a Job has ended. */
    static Optional<JobCondition> verdict(Job job) {
        return Stream.ofNullable(job.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                .flatMap(List::stream)
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> "Complete".equals(condition.getType()) || "Failed".equals(condition.getType()))
                .findFirst();
    }

    Optional<PodReading> newest() {
        return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(pods.size() - 1));
    }

    boolean runs() {
        return newest().filter(PodReading::runs).isPresent();
    }

    /** The exit code of the newest pod that has one. */
    Optional<Integer> exitCode() {
        return newest().flatMap(PodReading::end).map(end -> end.getExitCode());
    }

    /** How it ended, by Job and pod. */
    String endInWords() {
        String pod = newest().map(PodReading::endInWords).orElse("its pod is gone, and its exit code with it");
        return verdict(job)
                .filter(condition -> "Failed".equals(condition.getType()))
                .filter(condition -> !"BackoffLimitExceeded".equals(condition.getReason()))
                .map(condition -> pod + " (Job " + job.getMetadata().getName() + ": " + condition.getReason() + ")")
                .orElse(pod);
    }
}
