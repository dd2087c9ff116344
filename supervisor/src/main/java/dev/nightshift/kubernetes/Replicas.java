package dev.nightshift.kubernetes;

import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replicas, images and pods of Deployments and StatefulSets of one namespace; each call blocks its thread. */
final class Replicas {

    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    private final KubernetesClient client;
    private final String namespace;

    Replicas(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * A workload as it was read.
     *
     * @param ready of the replicas that it should have, as its controller has seen them last
     */
    record Seen(HasMetadata object, int replicas, int ready, List<Container> containers, LabelSelector selector) {

        /** Who set the replicas last, as the API server keeps it. */
        String setBy() {
            return Optional.ofNullable(object.getMetadata().getManagedFields()).orElseGet(List::of).stream()
                    .filter(entry -> entry.getFieldsV1() != null
                            && String.valueOf(entry.getFieldsV1()
                                            .getAdditionalProperties()
                                            .get("f:spec"))
                                    .contains("f:replicas"))
                    .max(Comparator.comparing(entry -> String.valueOf(entry.getTime())))
                    .map(ManagedFieldsEntry::getManager)
                    .orElse("somebody");
        }
    }

    Optional<Seen> read(Workload workload) {
        if (workload.kind() == Kind.DEPLOYMENT) {
            return Optional.ofNullable(deployment(workload).get()).map(Replicas::seen);
        }
        return Optional.ofNullable(statefulSet(workload).get()).map(Replicas::seen);
    }

    private static Seen seen(Deployment found) {
        boolean current = observed(
                found, found.getStatus() == null ? null : found.getStatus().getObservedGeneration());
        Integer updated = found.getStatus() == null ? null : found.getStatus().getUpdatedReplicas();
        Integer ready = found.getStatus() == null ? null : found.getStatus().getReadyReplicas();
        return new Seen(
                found,
                orElse(found.getSpec().getReplicas(), 1),
                current ? Math.min(orElse(ready, 0), orElse(updated, 0)) : 0,
                found.getSpec().getTemplate().getSpec().getContainers(),
                found.getSpec().getSelector());
    }

    private static Seen seen(StatefulSet found) {
        boolean current = observed(
                found, found.getStatus() == null ? null : found.getStatus().getObservedGeneration());
        Integer ready = found.getStatus() == null ? null : found.getStatus().getReadyReplicas();
        return new Seen(
                found,
                orElse(found.getSpec().getReplicas(), 1),
                current ? orElse(ready, 0) : 0,
                found.getSpec().getTemplate().getSpec().getContainers(),
                found.getSpec().getSelector());
    }

    /** Whether its controller has seen what was asked of it last. */
    private static boolean observed(HasMetadata object, @Nullable Long observed) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null || (observed != null && observed >= generation);
    }

    /**
     * Sets the replicas, unless anybody has changed the workload since it was read.
     *
     * @return false when it was changed
     */
    boolean scale(Workload workload, Seen seen, int replicas) {
        Scale scale = new ScaleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(workload.name())
                .withUid(seen.object().getMetadata().getUid())
                .withResourceVersion(seen.object().getMetadata().getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        try {
            if (workload.kind() == Kind.DEPLOYMENT) {
                deployment(workload).scale(scale);
            } else {
                statefulSet(workload).scale(scale);
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Gives these containers other images, as long as each stands where it was read; the rest of the template stays.
     *
     * @return false when they were changed meanwhile
     */
    boolean images(Workload workload, Seen seen, Map<String, String> images) {
        List<Map<String, String>> changes = new ArrayList<>();
        for (int i = 0; i < seen.containers().size(); i++) {
            String name = seen.containers().get(i).getName();
            String image = images.get(name);
            if (image != null) {
                String path = "/spec/template/spec/containers/" + i;
                changes.add(Map.of("op", "test", "path", path + "/name", "value", name));
                changes.add(Map.of("op", "replace", "path", path + "/image", "value", image));
            }
        }
        String text = Serialization.asJson(changes);
        PatchContext patch = PatchContext.of(PatchType.JSON);
        try {
            if (workload.kind() == Kind.DEPLOYMENT) {
                deployment(workload).patch(patch, text);
            } else {
                statefulSet(workload).patch(patch, text);
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == INVALID && String.valueOf(e.getMessage()).contains("test")) {
                return false;
            }
            throw e;
        }
    }

    /** Pods that have not ended, in words. */
    List<String> pods(Seen seen) {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabelSelector(seen.selector())
                .list()
                .getItems();
        return pods.stream()
                .filter(pod -> !new PodReading(pod).hasEnded())
                .map(Replicas::words)
                .toList();
    }

    private static String words(Pod pod) {
        String since = pod.getMetadata().getDeletionTimestamp();
        String node = pod.getSpec() == null || pod.getSpec().getNodeName() == null
                ? ""
                : " on node " + pod.getSpec().getNodeName();
        return "pod " + pod.getMetadata().getName() + node + (since == null ? "" : ", told to end at " + since);
    }

    private RollableScalableResource<Deployment> deployment(Workload workload) {
        return client.apps().deployments().inNamespace(namespace).withName(workload.name());
    }

    private RollableScalableResource<StatefulSet> statefulSet(Workload workload) {
        return client.apps().statefulSets().inNamespace(namespace).withName(workload.name());
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
