package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.kubernetes.MockedCluster;
import dev.nightshift.kubernetes.ProcessKubelet;
import dev.nightshift.sandbox.Relay;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs whose workers are Jobs: a real database and real processes behind an API server that is played. */
class KubernetesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void a_drained_node_in_mid_run_costs_nothing_but_time(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password())) {
            Nightshift run = run(night, directory, cluster.port());
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 4);
            kubelet.evict();

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'worker-replaced'"))
                    .isEqualTo(1);
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'worker-lost'"))
                    .isZero();
            assertThat(cluster.jobs()).singleElement().satisfies(job -> {
                assertThat(job.getStatus().getConditions().get(0).getType()).isEqualTo("Complete");
                assertThat(Serialization.asYaml(job))
                        .doesNotContain(night.primary().password());
            });
            assertThat(cluster.client()
                            .events()
                            .v1()
                            .events()
                            .inAnyNamespace()
                            .list()
                            .getItems())
                    .anySatisfy(event -> assertThat(event.getNote()).contains("is succeeded"));
        }
    }

    @Test
    void a_killed_worker_is_followed_by_the_next_attempt(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password())) {
            Nightshift run = run(night, directory, cluster.port());
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 4);
            kubelet.kill();

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(cluster.jobs()).hasSize(2);
        }
    }

    /** So long that a heartbeat or a Job that is only seen through the API server would be missed. */
    @Test
    void a_run_goes_on_while_the_api_server_is_away_for_two_minutes(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password());
                Relay relay = Relay.to(cluster.port())) {
            SlowShop.pace(night, "0.02");
            Nightshift run = run(night, directory, relay.port());
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 100);
            relay.cut();
            SlowShop.awaitSeconds(night, 60);
            long halfway = night.rowsDone();
            SlowShop.awaitSeconds(night, 60);
            assertThat(night.rowsDone()).isBetween(halfway + 1, SlowShop.ORDERS - 1);
            assertThat(kubelet.alive()).isOne();
            relay.restore();
            SlowShop.pace(night, "0");

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(cluster.jobs()).hasSize(1);
        }
    }

    @Test
    void a_killed_supervisor_leaves_a_job_that_the_next_one_follows(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password())) {
            Nightshift run = run(night, directory, cluster.port());
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 4);
            run.killAlone();
            Map<String, String> environment = kubeconfig(directory, cluster.port());
            Nightshift next = night.nightshift(
                    environment,
                    "resume",
                    "--launcher",
                    "kubernetes",
                    "--settings",
                    settings(directory).toString());

            assertThat(next.awaitExit(PATIENCE)).as(next.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(cluster.jobs()).hasSize(1);
            assertThat(kubelet.alive()).isZero();
        }
    }

    @Test
    void a_tool_from_an_image_of_its_own_is_a_job_whose_output_is_in_the_history(@TempDir Path directory)
            throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password())) {
            Nightshift run = runTool(
                    night,
                    directory,
                    cluster.port(),
                    "CREATE TABLE public.made AS SELECT current_setting('application_name') AS by_whom,"
                            + " current_setting('lock_timeout') AS patience",
                    "SELECT 'made by ' || by_whom FROM public.made");

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(night.ask("SELECT by_whom ~ '^nightshift/.*/external$' AND patience = '1s' FROM public.made"))
                    .isEqualTo("t");
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'output'"
                            + " AND message LIKE '%made by nightshift/%'"))
                    .isEqualTo(1);
            assertThat(cluster.jobs())
                    .hasSize(2)
                    .allSatisfy(job -> assertThat(Serialization.asYaml(job))
                            .doesNotContain(night.primary().password()));
            assertThat(cluster.jobs())
                    .extracting(job -> job.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                    .as("a worker that starts tools has a token, the tool has none")
                    .containsExactlyInAnyOrder(true, false);
            assertThat(kubelet.alive()).isZero();
        }
    }

    @Test
    void an_abort_ends_a_tool_in_its_job_and_its_sessions(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory);
                MockedCluster cluster = MockedCluster.start();
                ProcessKubelet kubelet =
                        ProcessKubelet.start(cluster, directory, night.primary().password())) {
            Nightshift run = runTool(night, directory, cluster.port(), "SELECT pg_sleep(603)");
            String hanging =
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'nightshift/%/external'";
            Night.await("it hangs", () -> night.count(hanging + " AND query LIKE '%603%'") == 1);
            Nightshift asked = night.nightshift("abort", "--reason", "it hangs");

            assertThat(asked.awaitExit(PATIENCE)).as(asked.output()).isIn(0, 6);
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(6);
            assertThat(night.state()).isEqualTo("aborted");
            assertThat(night.count(hanging)).isZero();
            assertThat(kubelet.alive()).isZero();
            assertThat(cluster.jobs())
                    .as("nobody starts it again")
                    .noneMatch(job -> job.getMetadata().getName().contains("-upgrade-") && job.getStatus() == null);
        }
    }

    @Test
    void an_image_is_refused_where_workers_are_processes(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run =
                    night.nightshift("run", night.plan(tool(night, "SELECT 1")).toString());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(3);
            assertThat(run.output()).contains("its image can only be started where workers are Jobs");
            assertThat(night.state()).isEqualTo("none");
        }
    }

    private static String tool(Night night, String... statements) {
        StringBuilder command = new StringBuilder("psql, -X, -A, -t");
        for (String statement : statements) {
            command.append(", -c, \"").append(statement).append('"');
        }
        return SlowShop.plan(
                night,
                "  - external: {name: upgrade, image: \"registry.example/shop:test\", command: [" + command + "]}\n");
    }

    private static Nightshift runTool(Night night, Path directory, int port, String... statements) throws IOException {
        return run(night, directory, port, tool(night, statements));
    }

    private static Nightshift run(Night night, Path directory, int port) throws IOException {
        return run(night, directory, port, SlowShop.plan(night, SlowShop.FILL));
    }

    private static Nightshift run(Night night, Path directory, int port, String text) throws IOException {
        Path plan = night.plan(text);
        return night.nightshift(
                kubeconfig(directory, port),
                "run",
                plan.toString(),
                "--launcher",
                "kubernetes",
                "--settings",
                settings(directory).toString());
    }

    private static Path settings(Path directory) throws IOException {
        return Files.writeString(directory.resolve("settings.yaml"), """
                launcher:
                  kubernetes:
                    namespace: migrations
                    image: registry.example/nightshift:test
                    database-secret: {name: shop-migrator}
                """);
    }

    private static Map<String, String> kubeconfig(Path directory, int port) throws IOException {
        Path file = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: played, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: nobody, user: {}}]
                contexts: [{name: played, context: {cluster: played, user: nobody, namespace: migrations}}]
                current-context: played
                """.formatted(port));
        return Map.of("KUBECONFIG", file.toString());
    }
}
