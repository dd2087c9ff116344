package dev.nightshift.kubernetes;

import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A cluster of the user's, in a namespace that is made for a test and removed after it. */
final class RealJobCluster implements JobCluster {

    /** Names the kubeconfig whose current context is tested against. */
    static final String KUBECONFIG = "NIGHTSHIFT_TEST_KUBECONFIG";

    private static final String IMAGE = "NIGHTSHIFT_TEST_IMAGE";
    private static final String RESTRICTED = "pod-security.kubernetes.io/enforce";
    private static final int HTTPS = 443;

    private final Config config;
    private final KubernetesClient client;
    private final String namespace;

    RealJobCluster(String kubeconfig) {
        config = Config.fromKubeconfig(new File(kubeconfig));
        client = new KubernetesClientBuilder().withConfig(config).build();
        namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("nightshift-test-")
                        .addToLabels(RESTRICTED, "restricted")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        MockedCluster.await(
                "the account of the pods",
                () -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public KubernetesClient connect() {
        return new KubernetesClientBuilder().withConfig(Cluster.limited(config)).build();
    }

    @Override
    public Relay relay() throws IOException {
        URI server = URI.create(config.getMasterUrl());
        return Relay.to(new InetSocketAddress(server.getHost(), server.getPort() < 0 ? HTTPS : server.getPort()));
    }

    /** Its certificate is for another name than the relay's. */
    @Override
    public KubernetesClient connect(Relay relay) {
        URI server = URI.create(config.getMasterUrl());
        return new KubernetesClientBuilder()
                .withConfig(Cluster.limited(new ConfigBuilder(config)
                        .withMasterUrl(server.getScheme() + "://127.0.0.1:" + relay.port() + "/")
                        .withDisableHostnameVerification(true)
                        .withTrustCerts(true)
                        .build()))
                .build();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String image() {
        return Optional.ofNullable(System.getenv(IMAGE)).orElse("busybox:stable");
    }

    @Override
    public Limits limits() {
        return new Limits(
                Duration.ofMinutes(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofDays(7));
    }

    @Override
    public Duration away() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Pod running(Job job) {
        MockedCluster.await(
                "a running pod of " + job.getMetadata().getName(),
                () -> pods(job).size() == 1);
        return pods(job).get(0);
    }

    private List<Pod> pods(Job job) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("job-name", job.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(pod -> new PodReading(pod).runs())
                .toList();
    }

    /** Its kubelet finds out by itself. */
    @Override
    public void withoutImage(Job job) {
        MockedCluster.await(
                "a pod of " + job.getMetadata().getName(),
                () -> client
                        .pods()
                        .inNamespace(namespace)
                        .withLabel("job-name", job.getMetadata().getName())
                        .list()
                        .getItems()
                        .stream()
                        .anyMatch(pod -> new PodReading(pod).cannotBegin().isPresent()));
    }

    /** Its kubelet finds out by itself. */
    @Override
    public void withoutSecret(Job job, String secret) {}

    @Override
    public void exits(Job job, Pod pod, int code) {
        try (ExecWatch told = client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .writingOutput(OutputStream.nullOutputStream())
                .exec("/bin/sh", "-c", "echo " + code + " >/tmp/exit")) {
            told.exitCode().get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError("the pod cannot be told to end", e);
        }
    }

    @Override
    public void evicts(Pod pod) {
        boolean evicted = client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .evict();
        if (!evicted) {
            throw new AssertionError("the pod cannot be evicted");
        }
    }

    @Override
    public void loses(Job job, Pod pod) {
        client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
