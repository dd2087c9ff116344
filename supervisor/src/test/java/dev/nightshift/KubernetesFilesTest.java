package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in {@code k8s/} and {@code examples/deploy/}, as a cluster would get it, against the rules of their pages. */
class KubernetesFilesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples/deploy");
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9./-]+@sha256:[0-9a-f]{64}");

    /** What only an operator that a cluster may have knows; everything else is read with the client's models. */
    private static final Set<String> OTHERS = Set.of("PrometheusRule", "PodMonitor", "AlertmanagerConfig");

    @BeforeAll
    static void needs_kubectl() {
        boolean there = Kustomized.isThere();
        if (!there) {
            System.out.println("k8s/ is not rendered: there is no kubectl on the PATH");
        }
        assumeTrue(there, "no kubectl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void every_object_is_one_that_a_cluster_knows_without_a_field_that_it_does_not(String directory) {
        List<Kustomized.Rendered> all = Kustomized.directory(ROOT.resolve("k8s").resolve(directory));

        assertThat(all).hasSizeGreaterThan(15);
        for (Kustomized.Rendered one : all) {
            assertThat(one.typed().isPresent() || OTHERS.contains(one.kind()))
                    .as(one.toString())
                    .isTrue();
            assertThat(one.unknownFields()).as(one.toString()).isEmpty();
        }
    }

    @Test
    void a_field_that_does_not_exist_is_found() {
        String job = "apiVersion: batch/v1\nkind: Job\nspec: {template: {spec: {containers: [{name: x, nmae: y}]}}}\n";

        assertThat(Kustomized.text(job).get(0).unknownFields()).containsExactly("nmae");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void every_pod_is_restricted_bounded_and_looked_at(String directory) {
        List<PodSpec> pods = pods(rendered(directory)).toList();

        assertThat(pods).isNotEmpty();
        pods.forEach(KubernetesFilesTest::assertRestricted);
        all(rendered(directory), Deployment.class).forEach(deployment -> {
            Container launcher =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            assertThat(path(launcher.getStartupProbe())).isEqualTo("/livez");
            assertThat(path(launcher.getLivenessProbe())).isEqualTo("/livez");
            assertThat(path(launcher.getReadinessProbe())).isEqualTo("/readyz");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void nobody_may_do_everything_or_read_a_secret_or_get_a_token_unasked(String directory) {
        List<HasMetadata> all = rendered(directory);

        assertThat(all.stream().map(HasMetadata::getKind))
                .doesNotContain("ClusterRole", "ClusterRoleBinding", "Secret");
        for (PolicyRule rule : rules(all)) {
            assertThat(Stream.of(rule.getVerbs(), rule.getResources(), rule.getApiGroups())
                            .flatMap(List::stream))
                    .doesNotContain("*", "secrets", "pods/exec", "escalate", "bind", "impersonate");
        }
        assertThat(all(all, ServiceAccount.class))
                .allSatisfy(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
        Map<String, String> labels =
                all(all, Namespace.class).get(0).getMetadata().getLabels();
        for (String mode : List.of("enforce", "audit", "warn")) {
            assertThat(labels).containsEntry("pod-security.kubernetes.io/" + mode, "restricted");
            assertThat(labels.get("pod-security.kubernetes.io/" + mode + "-version"))
                    .matches("v1\\.\\d+");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void what_is_not_allowed_on_the_network_is_denied(String directory) {
        List<NetworkPolicy> policies = all(rendered(directory), NetworkPolicy.class);

        assertThat(policies).anySatisfy(policy -> {
            assertThat(policy.getMetadata().getName()).isEqualTo("default-deny");
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
        assertThat(policies)
                .allSatisfy(policy -> policy.getSpec()
                        .getEgress()
                        .forEach(rule -> assertThat(rule.getPorts()).isNotEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void the_settings_name_the_namespace_and_image_of_their_overlay(String directory) {
        List<HasMetadata> all = rendered(directory);
        String text = all(all, ConfigMap.class).stream()
                .flatMap(map -> map.getData().entrySet().stream())
                .filter(file -> file.getKey().equals("serve.yaml"))
                .findFirst()
                .orElseThrow()
                .getValue();

        Map<?, ?> settings = Kustomized.map(Kustomized.map(Kustomized.yaml(text), "launcher"), "kubernetes");
        Deployment launcher = all(all, Deployment.class).get(0);
        assertThat(String.valueOf(settings.get("namespace")))
                .isEqualTo(launcher.getMetadata().getNamespace());
        assertThat(String.valueOf(settings.get("image")))
                .isEqualTo(launcher.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage());
        assertThat(all.stream().map(one -> one.getMetadata().getName()))
                .contains(
                        "nightshift-run",
                        String.valueOf(Kustomized.map(settings, "dumps").get("claim")));
    }

    @Test
    void production_takes_the_image_by_its_digest_and_has_two_launchers_with_a_budget() {
        List<HasMetadata> all = rendered("overlays/prod");

        assertThat(pods(all).flatMap(pod -> pod.getContainers().stream()))
                .allSatisfy(container -> assertThat(container.getImage()).matches(DIGEST));
        assertThat(all(all, Deployment.class).get(0).getSpec().getReplicas()).isEqualTo(2);
        assertThat(all.stream().map(HasMetadata::getKind))
                .contains("PodDisruptionBudget", "Service", "PersistentVolumeClaim", "ResourceQuota");
    }

    @Test
    void the_launcher_may_do_what_its_page_says_that_it_does_and_nothing_else() {
        assertThat(granted(rendered("base"), "nightshift-launcher")).isEqualTo(documented("launcher"));
        assertThat(granted(rendered("overlays/prod"), "nightshift-snapshot"))
                .isEqualTo(documented("launcher + volumesnapshot"));
    }

    @Test
    void a_worker_that_starts_tools_may_do_what_its_page_says_and_is_the_only_one_bound_to_it() {
        List<HasMetadata> all = rendered("components/tool-jobs");

        assertThat(granted(all, "nightshift-run-tools")).isEqualTo(documented("worker + tool-jobs"));
        assertThat(all(all, RoleBinding.class))
                .singleElement()
                .satisfies(binding -> assertThat(binding.getSubjects())
                        .singleElement()
                        .satisfies(subject -> assertThat(subject.getName()).isEqualTo("nightshift-run")));
    }

    @ParameterizedTest
    @CsvSource({
        "workloads/scale, nightshift-workloads, workloads",
        "workloads/argocd, nightshift-argocd, workloads + argocd",
    })
    void what_stops_an_application_may_be_is_what_its_page_says_and_is_bound_to_the_launcher(
            String directory, String role, String who) {
        List<HasMetadata> all = rendered(directory);

        assertThat(granted(all, role)).isEqualTo(documented(who));
        assertHarmless(all);
    }

    @Test
    void images_are_patched_only_by_who_took_that_right_and_has_the_others() {
        List<HasMetadata> all = rendered("workloads/images");
        Set<String> both = documented("workloads");
        both.addAll(documented("workloads + images"));

        assertThat(granted(all, "nightshift-workloads")).isEqualTo(both);
        assertHarmless(all);
    }

    private static void assertHarmless(List<HasMetadata> all) {
        assertThat(all.stream().map(HasMetadata::getKind)).containsExactlyInAnyOrder("Role", "RoleBinding");
        for (PolicyRule rule : rules(all)) {
            assertThat(Stream.of(rule.getVerbs(), rule.getResources(), rule.getApiGroups())
                            .flatMap(List::stream))
                    .doesNotContain("*", "secrets", "pods/exec", "create", "delete");
        }
        assertThat(all(all, RoleBinding.class).get(0).getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getName()).isEqualTo("nightshift-launcher"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"init-container", "helm-pre-upgrade", "argocd-presync"})
    void an_example_of_a_deployment_keeps_the_same_rules(String name) {
        List<Kustomized.Rendered> all = Kustomized.text(text(EXAMPLES.resolve(name + ".yaml")));

        assertThat(all).hasSize(1).allSatisfy(one -> {
            assertThat(one.typed()).isPresent();
            assertThat(one.unknownFields()).isEmpty();
        });
        pods(all.stream().map(one -> one.typed().orElseThrow()).toList()).forEach(pod -> {
            assertRestricted(pod);
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        });
    }

    private static void assertRestricted(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).as("said either way").isNotNull();
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .forEach(container -> {
                    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                            .isFalse();
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                    assertThat(container.getResources().getLimits().get("memory"))
                            .isEqualTo(container.getResources().getRequests().get("memory"));
                    assertThat(container.getResources().getLimits()).doesNotContainKey("cpu");
                });
    }

    private static Stream<PodSpec> pods(List<HasMetadata> all) {
        return Stream.concat(
                all(all, Deployment.class).stream()
                        .map(deployment -> deployment.getSpec().getTemplate().getSpec()),
                all(all, Job.class).stream()
                        .map(job -> job.getSpec().getTemplate().getSpec()));
    }

    private static List<HasMetadata> rendered(String directory) {
        return Kustomized.directory(ROOT.resolve("k8s").resolve(directory)).stream()
                .flatMap(one -> one.typed().stream())
                .toList();
    }

    private static <T> List<T> all(List<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<PolicyRule> rules(List<HasMetadata> all) {
        return all(all, Role.class).stream()
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    /** {@code batch/jobs create}, one for each verb. */
    private static Set<String> granted(List<HasMetadata> all, String role) {
        return all(all, Role.class).stream()
                .filter(one -> one.getMetadata().getName().equals(role))
                .flatMap(one -> one.getRules().stream())
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream()
                                .map(resource -> (group + "/" + resource).replaceFirst("^/", "")))
                        .flatMap(what -> rule.getVerbs().stream().map(verb -> what + " " + verb)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** From the table of the page. */
    private static Set<String> documented(String who) {
        return text(ROOT.resolve("k8s/README.md"))
                .lines()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 6 && cells[1].strip().equals(who))
                .flatMap(cells -> Stream.of(cells[3].split(",", -1)).map(verb -> cells[2].strip() + " " + verb.strip()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
