package dev.nightshift.kubernetes;

import dev.nightshift.kubernetes.Replicas.Seen;
import dev.nightshift.plan.WorkloadsStep.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who else sets the replicas of a workload: autoscalers, and what keeps a cluster as it stands in Git. */
final class OtherHands {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String ARGO_NAMESPACE = "argocd";
    private static final String ARGO_TRACKING = "argocd.argoproj.io/tracking-id";
    private static final String FLUX = "kustomize.toolkit.fluxcd.io/name";

    static final ResourceDefinitionContext APPLICATIONS = new ResourceDefinitionContext.Builder()
            .withGroup("argoproj.io")
            .withVersion("v1alpha1")
            .withKind("Application")
            .withPlural("applications")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final String namespace;

    OtherHands(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** What it would do to a workload that was scaled to zero. */
    enum Effect {
        /** Starts it again. */
        UNDOES,
        /** Nothing while there are no replicas. */
        RESTS,
        UNKNOWN
    }

    /**
     * Somebody who sets replicas.
     *
     * @param todo how to keep it from doing so for the time of a run; empty where it rests
     */
    record Hand(String who, Effect effect, String todo) {}

    List<Hand> of(Workload workload, Seen seen) {
        List<Hand> hands = new ArrayList<>(autoscalers(workload));
        argo(workload, seen).ifPresent(hands::add);
        flux(workload, seen).ifPresent(hands::add);
        return hands;
    }

    private List<Hand> autoscalers(Workload workload) {
        try {
            return client
                    .autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .filter(each -> workload.kind()
                                    .word()
                                    .equals(each.getSpec().getScaleTargetRef().getKind())
                            && workload.name()
                                    .equals(each.getSpec().getScaleTargetRef().getName()))
                    .map(each -> autoscaler(workload, each))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return List.of(new Hand(
                        "whether an autoscaler aims at " + workload + " is not known: no right to look",
                        Effect.UNKNOWN,
                        "apply the Role of k8s/workloads/scale"));
            }
            throw e;
        }
    }

    private Hand autoscaler(Workload workload, HorizontalPodAutoscaler each) {
        String name = each.getMetadata().getName();
        Optional<String> keda =
                Optional.ofNullable(each.getMetadata().getOwnerReferences()).orElseGet(List::of).stream()
                        .filter(owner -> "ScaledObject".equals(owner.getKind()))
                        .map(OwnerReference::getName)
                        .findFirst();
        if (keda.isPresent()) {
            return new Hand(
                    "ScaledObject " + keda.get() + " of KEDA aims at " + workload + " and starts it again",
                    Effect.UNDOES,
                    "pause it: kubectl -n " + namespace + " annotate scaledobject " + keda.get()
                            + " autoscaling.keda.sh/paused=true");
        }
        Integer least = each.getSpec().getMinReplicas();
        String range = (least == null ? 1 : least) + " to " + each.getSpec().getMaxReplicas();
        return least != null && least == 0
                ? new Hand(
                        "HorizontalPodAutoscaler " + name + " aims at " + workload + " (" + range
                                + ") and may start it again",
                        Effect.UNDOES,
                        "give it minReplicas of 1 for the time of the run")
                : new Hand(
                        "HorizontalPodAutoscaler " + name + " aims at " + workload + " (" + range
                                + "); it rests while there are no replicas, and goes on when they are back",
                        Effect.RESTS,
                        "");
    }

    /** The application is read by its name alone, so that no right on all of them is needed. */
    private Optional<Hand> argo(Workload workload, Seen seen) {
        return annotation(seen, ARGO_TRACKING)
                .map(id -> id.split(":", 2)[0])
                .map(id -> id.substring(id.indexOf('_') + 1))
                .flatMap(application -> argo(workload, application));
    }

    private Optional<Hand> argo(Workload workload, String application) {
        String todo = "argocd app set " + application + " --self-heal=false, for the time of the run";
        try {
            GenericKubernetesResource found = client.genericKubernetesResources(APPLICATIONS)
                    .inNamespace(ARGO_NAMESPACE)
                    .withName(application)
                    .get();
            if (found != null) {
                return heals(found)
                        ? Optional.of(new Hand(
                                "Application " + application + " of Argo CD owns " + workload + " and heals itself",
                                Effect.UNDOES,
                                todo))
                        : Optional.empty();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN && e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
        return Optional.of(new Hand(
                "Application " + application + " of Argo CD owns " + workload
                        + "; whether it heals itself is not known: no right to read it in namespace " + ARGO_NAMESPACE,
                Effect.UNKNOWN,
                todo));
    }

    private static boolean heals(GenericKubernetesResource application) {
        Object automated = Optional.ofNullable(application.get("spec", "syncPolicy"))
                .map(policy -> policy instanceof Map<?, ?> map ? map.get("automated") : null)
                .orElse(null);
        return automated instanceof Map<?, ?> map
                && Boolean.TRUE.equals(map.get("selfHeal"))
                && !Boolean.FALSE.equals(map.get("enabled"))
                && !ignoresReplicas(application);
    }

    private static boolean ignoresReplicas(GenericKubernetesResource application) {
        return String.valueOf(Optional.<Object>ofNullable(application.get("spec", "ignoreDifferences"))
                        .orElse(""))
                .contains("/spec/replicas");
    }

    private static Optional<Hand> flux(Workload workload, Seen seen) {
        return Optional.ofNullable(seen.object().getMetadata().getLabels())
                .map(labels -> labels.get(FLUX))
                .map(name -> new Hand(
                        "Kustomization " + name + " of Flux owns " + workload
                                + "; it starts it again if its file says how many replicas it has",
                        Effect.UNKNOWN,
                        "flux suspend kustomization " + name + ", for the time of the run"));
    }

    private static Optional<String> annotation(Seen seen, String name) {
        return Optional.ofNullable(seen.object().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(name));
    }
}
