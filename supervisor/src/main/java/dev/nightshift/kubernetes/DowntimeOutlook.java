package dev.nightshift.kubernetes;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.PlannedDowntime;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.kubernetes.OtherHands.Effect;
import dev.nightshift.kubernetes.Replicas.Seen;
import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Trouble;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What can be told before anything is stopped: whether it is there, may be scaled, and who else sets its replicas. */
public final class DowntimeOutlook {

    private static final String DOING = "looking at what the plan stops on Kubernetes";
    private static final String ROLE = "apply k8s/workloads/scale in its namespace";

    private final Supplier<KubernetesClient> clients;
    private final List<String> stops = new ArrayList<>();
    private final List<StepProblem> faults = new ArrayList<>();
    private final List<StepProblem> doubts = new ArrayList<>();

    DowntimeOutlook(Supplier<KubernetesClient> clients) {
        this.clients = clients;
    }

    /** Through the service account of this pod, or what kubectl would use here. Blocks. */
    public static Fact<PlannedDowntime> of(Plan plan) {
        return new DowntimeOutlook(() -> new KubernetesClientBuilder()
                        .withConfig(Cluster.limited(Config.autoConfigure(null)))
                        .build())
                .look(plan);
    }

    Fact<PlannedDowntime> look(Plan plan) {
        try (KubernetesClient client = clients.get()) {
            for (TakeDown down : all(plan, TakeDown.class)) {
                look(client, down);
            }
            for (BringBack back : all(plan, BringBack.class)) {
                images(client, back);
            }
            return Fact.of(new PlannedDowntime(stops, faults, doubts));
        } catch (KubernetesClientException e) {
            Trouble trouble = ClusterFailures.of(DOING, e);
            return Fact.unknown(trouble.explanation().what(), "see that this machine reaches the cluster");
        }
    }

    private static <T> List<T> all(Plan plan, Class<T> kind) {
        return plan.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void look(KubernetesClient client, TakeDown down) {
        String namespace = down.namespace();
        may(client, namespace, "list", "", "pods", "", "");
        for (Workload workload : down.stop()) {
            String plural = workload.kind() == Kind.DEPLOYMENT ? "deployments" : "statefulsets";
            boolean readable = may(client, namespace, "get", "apps", plural, "", workload.name());
            may(client, namespace, "update", "apps", plural, "scale", workload.name());
            if (readable) {
                look(client, namespace, workload);
            }
        }
    }

    private void look(KubernetesClient client, String namespace, Workload workload) {
        Optional<Seen> found = new Replicas(client, namespace).read(workload);
        if (found.isEmpty()) {
            fault("there is no " + workload + " in namespace " + namespace, "correct the plan");
            return;
        }
        stops.add(workload + " (" + found.get().replicas() + " replicas)");
        for (OtherHands.Hand hand : new OtherHands(client, namespace).of(workload, found.get())) {
            StepProblem problem = new StepProblem(hand.who(), hand.todo().isEmpty() ? "nothing" : hand.todo());
            (hand.effect() == Effect.UNDOES ? faults : doubts).add(problem);
        }
    }

    private void images(KubernetesClient client, BringBack back) {
        String namespace = back.taken().namespace();
        for (Workload workload : back.taken().stop()) {
            Map<String, String> wanted = Images.of(back.images(), workload);
            if (!wanted.isEmpty()) {
                String plural = workload.kind() == Kind.DEPLOYMENT ? "deployments" : "statefulsets";
                may(client, namespace, "patch", "apps", plural, "", workload.name());
                try {
                    new Replicas(client, namespace)
                            .read(workload)
                            .ifPresent(seen -> Images.named(wanted, seen, workload + " in namespace " + namespace));
                } catch (Permanent e) {
                    fault(e.explanation().what(), e.explanation().todo());
                }
            }
        }
    }

    /** Asks the API server itself, so that nothing has to be tried. */
    private boolean may(
            KubernetesClient client,
            String namespace,
            String verb,
            String group,
            String resource,
            String subresource,
            String name) {
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withSubresource(subresource)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer =
                client.authorization().v1().selfSubjectAccessReview().create(asked);
        String what = verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource)
                + (name.isEmpty() ? "" : " " + name) + " in namespace " + namespace;
        if (answer.getStatus() == null) {
            doubts.add(new StepProblem("whether the supervisor may " + what + " is not known", ROLE));
            return true;
        }
        boolean allowed = Boolean.TRUE.equals(answer.getStatus().getAllowed());
        if (!allowed) {
            fault("the supervisor may not " + what, verb.equals("patch") ? "apply k8s/workloads/images there" : ROLE);
        }
        return allowed;
    }

    private void fault(String what, String remedy) {
        faults.add(new StepProblem(what, remedy));
    }
}
