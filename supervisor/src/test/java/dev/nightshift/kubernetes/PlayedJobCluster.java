package dev.nightshift.kubernetes;

import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;

/** An API server without a cluster: what controller and kubelet would do is written down at once. */
final class PlayedJobCluster implements JobCluster {

    private static final int PARKED = 143;

    private final MockedCluster cluster = MockedCluster.start();

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public KubernetesClient connect() {
        return cluster.anotherClient();
    }

    @Override
    public Relay relay() throws IOException {
        return Relay.to(cluster.port());
    }

    @Override
    public KubernetesClient connect(Relay relay) {
        return cluster.clientThrough(relay);
    }

    @Override
    public String namespace() {
        return MockedCluster.NAMESPACE;
    }

    @Override
    public String image() {
        return "registry.example/nightshift@sha256:aa";
    }

    @Override
    public Limits limits() {
        return Launched.LIMITS;
    }

    /** Longer than a broken watch is waited for. */
    @Override
    public Duration away() {
        return Duration.ofSeconds(12);
    }

    @Override
    public Pod running(Job job) {
        return cluster.runningPod(job);
    }

    @Override
    public void withoutImage(Job job) {
        cluster.waits(cluster.pod(job), "ImagePullBackOff", "Back-off pulling image: not found");
    }

    @Override
    public void withoutSecret(Job job, String secret) {
        cluster.says(
                cluster.pod(job),
                "FailedMount",
                "MountVolume.SetUp failed for volume \"password\" : secret \"" + secret + "\" not found");
    }

    @Override
    public void exits(Job job, Pod pod, int code) {
        cluster.ended(pod, code, code == 0 ? "Completed" : "Error");
        cluster.verdict(job, code == 0 ? "Complete" : "Failed", code == 0 ? "CompletionsReached" : "PodFailurePolicy");
    }

    @Override
    public void evicts(Pod pod) {
        cluster.evicted(pod, PARKED);
    }

    @Override
    public void loses(Job job, Pod pod) {
        cluster.verdict(job, "Failed", "BackoffLimitExceeded");
        cluster.remove(pod);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
