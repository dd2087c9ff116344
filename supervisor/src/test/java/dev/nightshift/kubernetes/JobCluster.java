package dev.nightshift.kubernetes;

import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.plan.KubernetesSettings.PasswordKey;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the Jobs of a contract's tests run: played by the test, or a real cluster that does the same by itself. */
interface JobCluster extends AutoCloseable {

    /** Ends when it is told to: with 143 after SIGTERM, with what a test writes into that file, never by itself. */
    List<String> WORKER = List.of(
            "/bin/sh",
            "-c",
            "trap 'exit 143' TERM; while [ ! -s /tmp/exit ]; do sleep 0.1; done; exit $(cat /tmp/exit)");

    /** The test's own; not the one of who is tested. */
    KubernetesClient client();

    /** A connection for who is tested, closed with it. */
    KubernetesClient connect();

    /** In front of the API server. */
    Relay relay() throws IOException;

    KubernetesClient connect(Relay relay);

    String namespace();

    /** Has what {@link #WORKER} needs. */
    String image();

    Limits limits();

    /** How long the API server is taken away. */
    Duration away();

    /** The Job's pod once it runs. */
    Pod running(Job job);

    /** The Job's pod, whose image cannot be had. */
    void withoutImage(Job job);

    /** The Job's pod, one of whose Secrets is not there. */
    void withoutSecret(Job job, String secret);

    /** The program in it ends by itself. */
    void exits(Job job, Pod pod, int code);

    /** Its node is drained. */
    void evicts(Pod pod);

    /** Is gone from one moment to the next, and nobody saw how. */
    void loses(Job job, Pod pod);

    @Override
    void close();

    default List<Job> jobs() {
        return client().batch().v1().jobs().inNamespace(namespace()).list().getItems();
    }

    default Job awaitJob() {
        MockedCluster.await("a Job", () -> jobs().size() == 1);
        return jobs().get(0);
    }

    /** No more than any namespace has. */
    default KubernetesSettings settings(String image, Limits limits) {
        return settings(image, limits, Optional.empty());
    }

    default KubernetesSettings settings(String image, Limits limits, Optional<PasswordKey> password) {
        return new KubernetesSettings(
                namespace(),
                image,
                new KubernetesSettings.Placement(
                        "default",
                        Map.of("cpu", "10m", "memory", "32Mi"),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                new KubernetesSettings.Secrets(password, List.of()),
                new KubernetesSettings.Marks(Map.of(), Map.of()),
                limits);
    }
}
