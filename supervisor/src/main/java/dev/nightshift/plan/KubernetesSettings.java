package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the worker of a run is started as a Job on Kubernetes.
 *
 * @param image by digest where it is to be the same for each attempt
 */
public record KubernetesSettings(
        String namespace, String image, Placement placement, Secrets secrets, Marks marks, Limits limits) {

    /**
     * Where its pod may run and what it gets there.
     *
     * @param requests by resource; the memory is the limit too, the processor has none
     */
    public record Placement(
            String serviceAccount,
            Map<String, String> requests,
            Map<String, String> nodeSelector,
            List<Toleration> tolerations,
            Optional<String> priorityClass,
            Optional<Dumps> dumps) {

        public Placement {
            requests = Map.copyOf(requests);
            nodeSelector = Map.copyOf(nodeSelector);
            tolerations = List.copyOf(tolerations);
        }
    }

    /** As Kubernetes has it; an empty text where nothing was said. */
    public record Toleration(String key, String operator, String value, String effect) {}

    /** A volume for dumps, and where the worker finds it. */
    public record Dumps(String claim, Path path) {}

    /**
     * Where the pod's secrets come from; their values are never read here.
     *
     * @param password mounted as a file
     * @param environment Secrets whose every key becomes a variable
     */
    public record Secrets(Optional<PasswordKey> password, List<String> environment) {

        public Secrets {
            environment = List.copyOf(environment);
        }
    }

    /** A key of a Secret that holds the database's password. */
    public record PasswordKey(String secret, String key) {}

    /** What is written on each Job and pod beside our own marks. */
    public record Marks(Map<String, String> labels, Map<String, String> annotations) {

        public Marks {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }

    /**
     * How long things may take.
     *
     * @param start from the Job to its worker's first sign, a node's start included
     * @param pull how long an image that cannot be pulled is tried
     * @param grace for the worker to park before it is killed
     * @param deadline of one attempt; the Job's own lies behind it
     * @param keepFinished how long a finished Job stays to be looked at
     */
    public record Limits(Duration start, Duration pull, Duration grace, Duration deadline, Duration keepFinished) {

        /** What holds where nothing is said. */
        public static final Limits DEFAULT = new Limits(
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                Duration.ofDays(7));
    }
}
