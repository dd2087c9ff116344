package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.PlannedDowntime;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What preflight is told of the applications that a plan stops. */
@Timeout(60)
class DowntimeOutlookTest {

    private static final String SHOP = PlayedWorkloads.NAMESPACE;

    private final MockedCluster cluster = MockedCluster.start();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Plan plan(String images) {
        PlanReading reading = PlanReader.read("plan.yaml", """
                nightshift: 1
                name: orders
                database: {url: "postgresql://m@localhost/shop"}
                backup: none
                steps:
                  - workloads: {name: down, namespace: shop, stop: [deployment/web], sessions: {user: app}}
                  - verify: {name: ok, sql: SELECT true}
                  - workloads: {name: up, back: down%s}
                """.formatted(images), Path.of("/"));
        return ((PlanReading.Accepted) reading).plan();
    }

    private PlannedDowntime look(String images) {
        return look(plan(images));
    }

    private PlannedDowntime look(Plan plan) {
        return found(new DowntimeOutlook(cluster::limitedClient).look(plan));
    }

    private static PlannedDowntime found(Fact<PlannedDowntime> fact) {
        return fact.fold(found -> found, (why, remedy) -> {
            throw new AssertionError(why);
        });
    }

    private void web(Map<String, String> annotations) {
        cluster.client()
                .resource(new DeploymentBuilder(PlayedWorkloads.deploymentOf("web", 3))
                        .editMetadata()
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .create();
    }

    private static List<String> texts(List<StepProblem> problems) {
        return problems.stream().map(StepProblem::what).toList();
    }

    @Test
    void what_is_there_is_named_and_every_right_is_asked_for() {
        web(Map.of());
        List<String> asked = new ArrayList<>();
        cluster.allowing(asked::add);
        PlannedDowntime found = look(", images: {deployment/web: \"web:2\"}");
        assertThat(found).isEqualTo(new PlannedDowntime(List.of("deployment/web (3 replicas)"), List.of(), List.of()));
        assertThat(asked)
                .containsExactly("list pods", "get deployments", "update deployments/scale", "patch deployments");
    }

    @Test
    void a_right_that_is_missing_is_a_fault() {
        web(Map.of());
        cluster.allowing(right -> !right.equals("update deployments/scale"));
        assertThat(look("").faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).isEqualTo("the supervisor may not update deployments/scale web in namespace shop");
            assertThat(fault.remedy()).isEqualTo("apply k8s/workloads/scale in its namespace");
        });
    }

    @Test
    void one_that_is_not_there_and_a_container_that_is_not_there_are_faults() {
        assertThat(texts(look("").faults())).containsExactly("there is no deployment/web in namespace shop");
        web(Map.of());
        assertThat(texts(look(", images: {deployment/web/side: \"web:2\"}").faults()))
                .containsExactly("deployment/web in namespace shop has the containers main, and no side");
    }

    @Test
    void an_autoscaler_rests_and_one_of_keda_does_not() {
        web(Map.of());
        autoscaler("web-load", 2, "");
        assertThat(texts(look("").doubts()))
                .singleElement()
                .asString()
                .contains("web-load aims at deployment/web (2 to 9)");
        autoscaler("keda-hpa-web", 1, "web-queue");
        assertThat(look("").faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what())
                    .isEqualTo("ScaledObject web-queue of KEDA aims at deployment/web and starts it again");
            assertThat(fault.remedy()).contains("annotate scaledobject web-queue");
        });
    }

    private void autoscaler(String name, int least, String scaledObject) {
        ObjectMetaBuilder meta = new ObjectMetaBuilder().withNamespace(SHOP).withName(name);
        if (!scaledObject.isEmpty()) {
            meta.withOwnerReferences(new OwnerReferenceBuilder()
                    .withApiVersion("keda.sh/v1alpha1")
                    .withKind("ScaledObject")
                    .withName(scaledObject)
                    .withUid("1")
                    .build());
        }
        cluster.client()
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withMetadata(meta.build())
                        .withNewSpec()
                        .withNewScaleTargetRef("apps/v1", "Deployment", "web")
                        .withMinReplicas(least)
                        .withMaxReplicas(9)
                        .endSpec()
                        .build())
                .create();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec: {syncPolicy: {automated: {selfHeal: true}}} | fault",
                "spec: {syncPolicy: {automated: {selfHeal: false}}} | nothing",
                "spec: {syncPolicy: {automated: {selfHeal: true, enabled: false}}} | nothing",
                "spec: {syncPolicy: {}} | nothing",
                "spec: {syncPolicy: {automated: {selfHeal: true}}, ignoreDifferences: [{kind: Deployment, jsonPointers: [/spec/replicas]}]} | nothing",
            })
    void self_healing_of_argo_cd_is_a_fault_unless_replicas_are_ignored(String spec, String expected) {
        web(Map.of("argocd.argoproj.io/tracking-id", "argocd_shop:apps/Deployment:shop/web"));
        application(
                Objects.requireNonNull(Serialization.unmarshal(spec, Map.class).get("spec")));
        PlannedDowntime found = look("");
        assertThat(texts(found.doubts())).isEmpty();
        if (expected.equals("fault")) {
            assertThat(found.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.what()).isEqualTo("Application shop of Argo CD owns deployment/web and heals itself");
                assertThat(fault.remedy()).startsWith("argocd app set shop --self-heal=false");
            });
        } else {
            assertThat(found.faults()).isEmpty();
        }
    }

    private void application(Object spec) {
        GenericKubernetesResource application = new GenericKubernetesResourceBuilder()
                .withApiVersion("argoproj.io/v1alpha1")
                .withKind("Application")
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace("argocd")
                        .withName("shop")
                        .build())
                .build();
        application.setAdditionalProperty("spec", spec);
        cluster.client()
                .genericKubernetesResources(OtherHands.APPLICATIONS)
                .resource(application)
                .create();
    }

    @Test
    void an_application_of_argo_cd_that_cannot_be_read_is_a_doubt() {
        web(Map.of("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:shop/web"));
        assertThat(texts(look("").doubts()))
                .singleElement()
                .asString()
                .startsWith("Application shop of Argo CD owns deployment/web; whether it heals itself is not known");
    }

    @Test
    void a_cluster_that_does_not_answer_is_not_known() {
        Config nowhere = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        Fact<PlannedDowntime> found = new DowntimeOutlook(
                        () -> new KubernetesClientBuilder().withConfig(nowhere).build())
                .look(plan(""));
        assertThat(found.<String>fold(known -> "known", (why, remedy) -> why))
                .startsWith("the Kubernetes API does not answer");
    }
}
