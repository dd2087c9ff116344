package dev.nightshift.kubernetes;

import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server without anything behind it: the test plays scheduler, kubelet and the Job controller by hand. */
public final class MockedCluster implements AutoCloseable {
    private static final DateTimeFormatter IN_LOGS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    static final String NAMESPACE = "migrations";
    /** It would print a line for each request; kept, because loggers are forgotten. */
    private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

    static {
        REQUESTS.setLevel(Level.WARNING);
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 20;

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final AtomicInteger pods = new AtomicInteger();

    private final ScalingDispatcher dispatcher;

    private MockedCluster(KubernetesMockServer server, ScalingDispatcher dispatcher) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.client = server.createClient();
    }

    public static MockedCluster start() {
        ScalingDispatcher dispatcher = new ScalingDispatcher();
        KubernetesMockServer server =
                new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init();
        return new MockedCluster(server, dispatcher);
    }

    public int port() {
        return server.getPort();
    }

    KubernetesMockServer server() {
        return server;
    }

    WatchedObjects objects() {
        return dispatcher;
    }

    /** Asked before each change of replicas, {@code deployments/web 0}; what it refuses does not happen. */
    public void beforeScaling(Predicate<String> gate) {
        dispatcher.gate = gate;
    }

    /** Which rights whoever asks has, {@code update deployments/scale}. */
    public void allowing(Predicate<String> rights) {
        dispatcher.rights = rights;
    }

    /** Asked when it has happened; false, and nobody hears of it. */
    public void afterScaling(Predicate<String> answers) {
        dispatcher.answers = answers;
    }

    /** The test's own client; not the one of who is tested. */
    public KubernetesClient client() {
        return client;
    }

    /** One that leaves it to whoever asks to ask again. */
    KubernetesClient limitedClient() {
        return new KubernetesClientBuilder()
                .withConfig(Cluster.limited(client.getConfiguration()))
                .build();
    }

    KubernetesClient anotherClient() {
        return server.createClient();
    }

    KubernetesClient clientThrough(Relay relay) {
        return new KubernetesClientBuilder()
                .withConfig(Cluster.limited(new ConfigBuilder(client.getConfiguration())
                        .withMasterUrl("http://127.0.0.1:" + relay.port() + "/")
                        .build()))
                .build();
    }

    /** A line of the pod's log, as the kubelet writes it. */
    public void prints(Pod pod, String line) {
        dispatcher
                .logs()
                .computeIfAbsent(pod.getMetadata().getName(), name -> new CopyOnWriteArrayList<>())
                .add(IN_LOGS.format(Instant.now()) + " " + line);
    }

    public List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    /** The only Job there is, once it is there. */
    Job awaitJob() {
        await("a Job", () -> jobs().size() == 1);
        return jobs().get(0);
    }

    Job awaitJob(String name) {
        await(
                "Job " + name,
                () -> jobs().stream()
                        .anyMatch(job -> name.equals(job.getMetadata().getName())));
        return jobs().stream()
                .filter(job -> name.equals(job.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }

    /** What the Job controller does first: a pod by the Job's template, without a node. */
    public Pod pod(Job job) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(job.getMetadata().getName() + "-" + pods.incrementAndGet())
                        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .withStatus(new PodStatusBuilder().withPhase("Pending").build())
                        .build())
                .create();
    }

    Pod runningPod(Job job) {
        Pod pod = pod(job);
        runs(pod);
        return pod;
    }

    public void runs(Pod pod) {
        status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Running")
                        .addToContainerStatuses(new ContainerStatusBuilder()
                                .withName("worker")
                                .withNewState()
                                .withNewRunning(now())
                                .endState()
                                .build())
                        .build());
    }

    void waits(Pod pod, String reason, String message) {
        status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Pending")
                        .addToContainerStatuses(new ContainerStatusBuilder()
                                .withName("worker")
                                .withNewState()
                                .withNewWaiting(message, reason)
                                .endState()
                                .build())
                        .build());
    }

    /** As a kubelet does, in an Event. */
    void says(Pod pod, String reason, String message) {
        Event ignored = client.v1()
                .events()
                .inNamespace(NAMESPACE)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName() + "." + pods.incrementAndGet())
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason(reason)
                        .withMessage(message)
                        .withLastTimestamp(now())
                        .build())
                .create();
    }

    void hasNoNode(Pod pod, String message) {
        status(
                pod,
                new PodStatusBuilder()
                        .withPhase("Pending")
                        .addNewCondition()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage(message)
                        .endCondition()
                        .build());
    }

    public void ended(Pod pod, int code, String reason) {
        status(pod, end(code, reason).build());
    }

    /** As a drain leaves it: the worker parked, and the cluster says that it was the cluster's doing. */
    void evicted(Pod pod, int code) {
        status(
                pod,
                end(code, "Error")
                        .addNewCondition()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason("EvictionByEvictionAPI")
                        .withMessage("Eviction API: evicting")
                        .endCondition()
                        .build());
    }

    private static PodStatusBuilder end(int code, String reason) {
        return new PodStatusBuilder()
                .withPhase(code == 0 ? "Succeeded" : "Failed")
                .addToContainerStatuses(new ContainerStatusBuilder()
                        .withName("worker")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .endTerminated()
                        .endState()
                        .build());
    }

    private void status(Pod pod, PodStatus status) {
        client.pods()
                .inNamespace(NAMESPACE)
                .withName(pod.getMetadata().getName())
                .editStatus(now -> new PodBuilder(now).withStatus(status).build());
    }

    void remove(Pod pod) {
        client.pods()
                .inNamespace(NAMESPACE)
                .withName(pod.getMetadata().getName())
                .delete();
    }

    /** What the Job controller says in the end: {@code Complete}, or {@code Failed} with a reason. */
    public void verdict(Job job, String type, String reason) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName(job.getMetadata().getName())
                .editStatus(now -> new JobBuilder(now)
                        .editOrNewStatus()
                        .addNewCondition()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .withLastTransitionTime(now())
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static void await(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
