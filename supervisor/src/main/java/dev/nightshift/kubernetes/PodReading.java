package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod says of its one container, in words. */
record PodReading(Pod pod) {

    /** Reasons for which a container does not begin and that no waiting mends, beside images that may yet be pushed. */
    private static final Set<String> CANNOT_BEGIN = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private static final int LONGEST = 400;

    String name() {
        return pod.getMetadata().getName();
    }

    /** When it was made, as the server wrote it; sorts as text. */
    String made() {
        return Optional.ofNullable(pod.getMetadata().getCreationTimestamp()).orElse("");
    }

    boolean runs() {
        return "Running".equals(status().getPhase())
                && !leaves()
                && container()
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getRunning)
                        .isPresent();
    }

    /** It was told to end, or has ended. */
    boolean leaves() {
        return isDeleted() || hasEnded();
    }

    /** Somebody has told it to end. */
    boolean isDeleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Its container runs or has run. */
    boolean hasBegun() {
        return end().isPresent()
                || container()
                        .map(ContainerStatus::getState)
                        .map(ContainerState::getRunning)
                        .isPresent();
    }

    /** Nobody else in the cluster has it while the pod lives. */
    Optional<String> address() {
        return Optional.ofNullable(status().getPodIP());
    }

    boolean hasEnded() {
        return Set.of("Succeeded", "Failed")
                .contains(Optional.ofNullable(status().getPhase()).orElse(""));
    }

    Optional<ContainerStateTerminated> end() {
        return container().map(ContainerStatus::getState).map(ContainerState::getTerminated);
    }

    /** How it ended: {@code exit code 137, OOMKilled: it needed more than its 512Mi of memory}. */
    String endInWords() {
        String end = end().map(this::words).orElse("no exit code");
        String why = disruption().or(this::reason).map(text -> "; " + text).orElse("");
        return "pod " + name() + ": " + end + why;
    }

    private String words(ContainerStateTerminated end) {
        String reason = Optional.ofNullable(end.getReason()).orElse("");
        String code = "exit code " + end.getExitCode();
        if (reason.equals("OOMKilled")) {
            return code + ", OOMKilled: it needed more than its " + memory() + " of memory";
        }
        return reason.isEmpty() || reason.equals("Error") || reason.equals("Completed") ? code : code + ", " + reason;
    }

    private String memory() {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> Stream.ofNullable(container.getResources()))
                .flatMap(resources -> Stream.ofNullable(resources.getLimits()))
                .flatMap(limits -> Stream.ofNullable(limits.get("memory")))
                .map(Object::toString)
                .findFirst()
                .orElse("limit");
    }

    /** Why the cluster took it away, when it was the cluster: drained, preempted, evicted. */
    Optional<String> disruption() {
        return condition("DisruptionTarget", "True")
                .map(condition -> said(condition.getReason(), condition.getMessage()));
    }

    /** Why no container can begin. */
    Optional<String> cannotBegin() {
        return container()
                .map(ContainerStatus::getState)
                .map(ContainerState::getWaiting)
                .filter(waiting -> CANNOT_BEGIN.contains(waiting.getReason()))
                .map(waiting ->
                        "pod " + name() + ": " + image(waiting) + said(waiting.getReason(), waiting.getMessage()));
    }

    private String image(ContainerStateWaiting waiting) {
        return waiting.getReason().contains("Image")
                ? "image " + pod.getSpec().getContainers().get(0).getImage() + " cannot be had: "
                : "";
    }

    /** Why it has no node yet. */
    Optional<String> unschedulable() {
        return condition("PodScheduled", "False")
                .map(condition ->
                        "pod " + name() + " has no node: " + said(condition.getReason(), condition.getMessage()));
    }

    private Optional<String> reason() {
        return Optional.ofNullable(status().getReason()).map(reason -> said(reason, status().getMessage()));
    }

    private Optional<PodCondition> condition(String type, String is) {
        return Stream.ofNullable(status().getConditions())
                .flatMap(java.util.Collection::stream)
                .filter(condition -> type.equals(condition.getType()) && is.equals(condition.getStatus()))
                .findFirst();
    }

    private Optional<ContainerStatus> container() {
        return Stream.ofNullable(status().getContainerStatuses())
                .flatMap(java.util.Collection::stream)
                .findFirst();
    }

    private PodStatus status() {
        return Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    }

    @SuppressWarnings("NullAway") // fabric8's texts may be null
    private static String said(
            @org.jspecify.annotations.Nullable String reason, @org.jspecify.annotations.Nullable String message) {
        String why = message == null || message.isBlank() ? "" : message.strip();
        String cut = why.length() > LONGEST ? why.substring(0, LONGEST) + "…" : why;
        String word = reason == null ? "" : reason;
        return word.isEmpty() || cut.isEmpty() ? word + cut : word + ": " + cut;
    }
}
