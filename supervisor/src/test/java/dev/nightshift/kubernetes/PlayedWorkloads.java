package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the controllers of Deployments and StatefulSets: there are as many running pods as replicas, a moment later. */
public final class PlayedWorkloads implements AutoCloseable {

    public static final String NAMESPACE = "shop";

    private static final long POLL_MILLIS = 100;

    private final KubernetesClient client;
    private final AtomicInteger made = new AtomicInteger();
    private final Thread thread = new Thread(this::play, "controllers");
    private volatile boolean over;

    /** What a pod has of the world beside the cluster, such as a session. */
    public interface Pods {
        void begins(String pod);

        void ends(String pod);
    }

    private final Pods pods;

    private PlayedWorkloads(MockedCluster cluster, Pods pods) {
        this.client = cluster.anotherClient();
        this.pods = pods;
    }

    public static PlayedWorkloads start(MockedCluster cluster, Pods pods) {
        PlayedWorkloads played = new PlayedWorkloads(cluster, pods);
        played.thread.start();
        return played;
    }

    public void deployment(String name, int replicas) {
        client.resource(deploymentOf(name, replicas)).create();
    }

    static Deployment deploymentOf(String name, int replicas) {
        return new DeploymentBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .build())
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/" + name + ":1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    public void statefulSet(String name, int replicas) {
        client.resource(new StatefulSetBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(NAMESPACE)
                                .withName(name)
                                .build())
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", name))
                        .endSelector()
                        .withNewTemplate()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.example/" + name + ":1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    /** By name, of all workloads. */
    public List<String> replicas() {
        List<String> all = new ArrayList<>();
        deployments()
                .forEach(one -> all.add(
                        one.getMetadata().getName() + " " + one.getSpec().getReplicas()));
        statefulSets()
                .forEach(one -> all.add(
                        one.getMetadata().getName() + " " + one.getSpec().getReplicas()));
        return all;
    }

    public String image(String deployment) {
        return deployments().stream()
                .filter(one -> one.getMetadata().getName().equals(deployment))
                .map(one -> one.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .findFirst()
                .orElse("none");
    }

    public int pods(String name) {
        return podsOf(name).size();
    }

    private List<Deployment> deployments() {
        return client.apps().deployments().inNamespace(NAMESPACE).list().getItems();
    }

    private List<StatefulSet> statefulSets() {
        return client.apps().statefulSets().inNamespace(NAMESPACE).list().getItems();
    }

    private void play() {
        while (!over) {
            try {
                deployments().forEach(this::deployment);
                statefulSets().forEach(this::statefulSet);
            } catch (KubernetesClientException e) {
                // Somebody else was quicker, or the test ends; the next look sees what is.
                if (over) {
                    return;
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void deployment(Deployment one) {
        int running = level(one, one.getSpec().getReplicas());
        boolean current = one.getStatus() != null
                && Integer.valueOf(running).equals(one.getStatus().getReadyReplicas())
                && one.getMetadata().getGeneration().equals(one.getStatus().getObservedGeneration());
        if (!current) {
            client.apps()
                    .deployments()
                    .inNamespace(NAMESPACE)
                    .withName(one.getMetadata().getName())
                    .editStatus(now -> new DeploymentBuilder(now)
                            .withStatus(new DeploymentStatusBuilder()
                                    .withObservedGeneration(one.getMetadata().getGeneration())
                                    .withReplicas(running)
                                    .withUpdatedReplicas(running)
                                    .withReadyReplicas(running)
                                    .build())
                            .build());
        }
    }

    private void statefulSet(StatefulSet one) {
        int running = level(one, one.getSpec().getReplicas());
        boolean current = one.getStatus() != null
                && Integer.valueOf(running).equals(one.getStatus().getReadyReplicas())
                && one.getMetadata().getGeneration().equals(one.getStatus().getObservedGeneration());
        if (!current) {
            client.apps()
                    .statefulSets()
                    .inNamespace(NAMESPACE)
                    .withName(one.getMetadata().getName())
                    .editStatus(now -> new StatefulSetBuilder(now)
                            .withStatus(new StatefulSetStatusBuilder()
                                    .withObservedGeneration(one.getMetadata().getGeneration())
                                    .withReplicas(running)
                                    .withReadyReplicas(running)
                                    .build())
                            .build());
        }
    }

    /** One pod more or fewer at a time, as far as it is not level yet. */
    private int level(HasMetadata workload, int wanted) {
        String name = workload.getMetadata().getName();
        List<Pod> there = podsOf(name);
        if (there.size() < wanted) {
            String pod = name + "-" + made.incrementAndGet();
            client.pods()
                    .inNamespace(NAMESPACE)
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName(pod)
                            .withLabels(Map.of("app", name))
                            .endMetadata()
                            .withNewStatus()
                            .withPhase("Running")
                            .endStatus()
                            .build())
                    .create();
            pods.begins(pod);
            return there.size() + 1;
        }
        if (there.size() > wanted) {
            String pod = there.get(0).getMetadata().getName();
            client.pods().inNamespace(NAMESPACE).withName(pod).delete();
            pods.ends(pod);
            return there.size() - 1;
        }
        return there.size();
    }

    private List<Pod> podsOf(String name) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", name)
                .list()
                .getItems();
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        client.close();
    }
}
