package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.KubernetesSettings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesReaderTest {

    private static final String LEAST = """
            launcher:
              kubernetes:
                namespace: migrations
                image: registry.example/nightshift@sha256:aa
            """;

    @Test
    void namespace_and_image_are_enough() {
        KubernetesSettings settings = read(LEAST).settings().orElseThrow();

        assertThat(settings.placement().serviceAccount()).isEqualTo("nightshift-run");
        assertThat(settings.placement().requests()).containsOnlyKeys("cpu", "memory");
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.secrets().password()).isEmpty();
    }

    @Test
    void every_key_is_read() {
        KubernetesSettings settings = read(LEAST + """
                    resources: {memory: 1Gi, ephemeral-storage: 2Gi}
                    node-selector: {pool: batch}
                    tolerations: [{key: dedicated, operator: Exists}]
                    priority-class: migrations
                    database-secret: {name: shop-migrator}
                    env-from: [shop-tls]
                    dumps: {claim: dumps, path: /backups}
                    labels: {team: shop}
                    annotations: {example.org/owner: dba}
                    start: 20m
                    deadline: 12h
                """).settings().orElseThrow();

        assertThat(settings.placement().requests())
                .containsEntry("cpu", "250m")
                .containsEntry("memory", "1Gi")
                .containsEntry("ephemeral-storage", "2Gi");
        assertThat(settings.placement().tolerations())
                .containsExactly(new KubernetesSettings.Toleration("dedicated", "Exists", "", ""));
        assertThat(settings.secrets().password())
                .contains(new KubernetesSettings.PasswordKey("shop-migrator", "password"));
        assertThat(settings.secrets().environment()).isEqualTo(List.of("shop-tls"));
        assertThat(settings.marks().labels()).isEqualTo(Map.of("team", "shop"));
        assertThat(settings.limits().start()).isEqualTo(Duration.ofMinutes(20));
        assertThat(settings.limits().deadline()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void a_worker_reads_what_its_supervisor_read() {
        KubernetesSettings least = read(LEAST).settings().orElseThrow();
        KubernetesSettings all = read(LEAST + """
                    resources: {memory: 1Gi, ephemeral-storage: 2Gi}
                    node-selector: {pool: batch}
                    tolerations: [{key: dedicated, operator: Exists}, {operator: Equal, value: "yes", effect: NoSchedule}]
                    priority-class: migrations
                    database-secret: {name: shop-migrator, key: pw}
                    env-from: [shop-tls]
                    dumps: {claim: dumps, path: /backups}
                    labels: {team: shop}
                    annotations: {example.org/owner: "dba: on call"}
                    start: 20m
                    deadline: 12h
                """).settings().orElseThrow();

        assertThat(read(KubernetesText.of(least)).settings()).contains(least);
        assertThat(read(KubernetesText.of(all)).settings()).contains(all);
    }

    @Test
    void every_problem_is_told_at_once_with_its_place() {
        List<String> problems =
                read("""
                launcher:
                  kubernetes:
                    namespace: Not_A_Name
                    imgae: nightshift
                    resources: {memory: plenty, gpu: "1"}
                    dumps: {claim: dumps, path: backups}
                    grace: 1s
                """).problems().stream().map(PlanProblem::toString).toList();

        assertThat(String.join("\n", problems))
                .contains("namespace: expected the name of a namespace, found 'Not_A_Name'")
                .contains("did you mean 'image'")
                .contains("expected an amount such as 500m or 1Gi, found 'plenty'")
                .contains("found 'gpu'")
                .contains("expected a path that begins with /, found 'backups'")
                .contains("launcher.kubernetes.grace");
    }

    @Test
    void the_settings_of_serve_have_the_same_key_and_need_their_databases() {
        String databases = "databases: [{url: \"postgresql://nightshift@db1:5432/shop\"}]\n";

        assertThat(ServeReader.read("serve.yaml", databases + LEAST)
                        .settings()
                        .orElseThrow()
                        .kubernetes())
                .isPresent();
        assertThat(ServeReader.read("serve.yaml", databases)
                        .settings()
                        .orElseThrow()
                        .kubernetes())
                .isEmpty();
        assertThat(ServeReader.read("serve.yaml", LEAST).settings()).isEmpty();
        assertThat(ServeReader.readLauncher("serve.yaml", databases).settings()).isEmpty();
    }

    private static ServeReader.LauncherReading read(String text) {
        return ServeReader.readLauncher("serve.yaml", text);
    }
}
