package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.kubernetes.MockedCluster;
import dev.nightshift.kubernetes.PlayedWorkloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether an application that a plan takes down is ever left at zero: its supervisor is killed with {@code kill -9} before
 * and after each change of replicas, and after each line of the journal, its worker with it every other time.
 */
@Tag("faults")
class WorkloadsFaultIT {

    private static final String STEPS = """
              - workloads: {name: down, namespace: shop, stop: [deployment/web, statefulset/mailer], sessions: {application-name: shop-web}, within: 2m}
              - statement: {name: rewrite, sql: "ALTER TABLE public.orders ADD COLUMN mark text"}
              - statement: {name: LAST, sql: "SQL"}
              - workloads: {name: up, back: down, images: {deployment/web: "registry.example/web:2"}}
            abort:
              - statement: {name: undo, sql: "ALTER TABLE public.orders DROP COLUMN IF EXISTS mark", undoes: rewrite}
            """;

    private static final String FINE = STEPS.replace("LAST", "index")
            .replace("SQL", "CREATE INDEX CONCURRENTLY orders_mark_idx ON public.orders (mark)");

    private static final String FAILING = STEPS.replace("LAST", "unique")
            .replace("SQL", "CREATE UNIQUE INDEX CONCURRENTLY orders_touched_key ON public.orders (touched)");

    private static final String LONG =
            FINE.replace("  - workloads: {name: up", SlowShop.FILL + "  - workloads: {name: up");

    /** Everything that the journal says; each line is written before what it leads to is done. */
    private static final String MARKS = """
            SELECT subject || ': ' || message AS mark FROM nightshift.events WHERE kind = 'state'
            UNION SELECT 'step ' || name || ': ' || state || coalesce(' ' || substr(detail ->> 'answer', 1, 7), '')
                  FROM nightshift.steps WHERE state <> 'pending'
            UNION SELECT 'asked: ' || name FROM nightshift.workloads
            UNION SELECT 'stopped: ' || name FROM nightshift.workloads WHERE stopped_at IS NOT NULL
            UNION SELECT 'back: ' || name FROM nightshift.workloads WHERE back_at IS NOT NULL""";

    @Test
    void a_run_that_is_killed_at_every_effect_ends_well_with_everything_up(@TempDir Path directory) throws IOException {
        try (Scene scene = new Scene(directory)) {
            scene.submit(FINE);
            scene.killAtEverything("succeeded");

            assertThat(scene.killed)
                    .contains("before deployments/web 0", "after deployments/web 0", "before deployments/web 3")
                    .contains(
                            "after statefulsets/mailer 0", "after statefulsets/mailer 2", "stopped: web", "back: web");
            assertThat(scene.played.replicas()).containsExactly("web 3", "mailer 2");
            assertThat(scene.played.image("web")).isEqualTo("registry.example/web:2");
            assertThat(scene.night.count("SELECT count(*) FROM nightshift.workloads WHERE back_at IS NULL"))
                    .isZero();
        }
    }

    @Test
    void a_run_that_fails_and_is_killed_at_every_effect_leaves_nothing_at_zero(@TempDir Path directory)
            throws IOException {
        try (Scene scene = new Scene(directory)) {
            scene.submit(FAILING);
            scene.killAtEverything("failed");

            assertThat(scene.killed).contains("after deployments/web 0", "before deployments/web 3");
            assertThat(scene.played.replicas()).containsExactly("web 3", "mailer 2");
            assertThat(scene.played.image("web")).isEqualTo("registry.example/web:1");
        }
    }

    @Test
    void an_abort_that_is_killed_at_every_effect_leaves_nothing_at_zero(@TempDir Path directory) throws IOException {
        try (Scene scene = new Scene(directory)) {
            scene.submit(LONG);
            scene.serve();
            Night.await("rows done", () -> scene.night.rowsDone() > 0);
            assertThat(scene.played.replicas()).containsExactly("web 0", "mailer 0");
            scene.killAlive();
            scene.ask("abort");
            scene.killAtEverything("aborted");

            assertThat(scene.killed).contains("before deployments/web 3", "after statefulsets/mailer 2");
            assertThat(scene.played.replicas()).containsExactly("web 3", "mailer 2");
            assertThat(
                            scene.night.count(
                                    "SELECT count(*) FROM pg_attribute WHERE attrelid = 'public.orders'::regclass AND attname = 'mark'"))
                    .isZero();
        }
    }

    /** A shop in a cluster: each pod of it has a session that outlives the pod for a moment. */
    private static final class Scene implements AutoCloseable, PlayedWorkloads.Pods {

        private final Path directory;
        final Night night;
        private final MockedCluster cluster = MockedCluster.start();
        final PlayedWorkloads played;
        private final Map<String, Connection> sessions = new ConcurrentHashMap<>();
        final List<String> killed = new ArrayList<>();
        private final Set<String> changes = ConcurrentHashMap.newKeySet();
        private volatile Nightshift alive;
        private volatile boolean killing;

        Scene(Path directory) throws IOException {
            this.directory = directory;
            this.night = SlowShop.alone(directory);
            this.played = PlayedWorkloads.start(cluster, this);
            played.deployment("web", 3);
            played.statefulSet("mailer", 2);
            Night.await("the shop is open", () -> played.pods("web") == 3 && played.pods("mailer") == 2);
            Files.writeString(directory.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: played, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: nobody, user: {}}]
                    contexts: [{name: played, context: {cluster: played, user: nobody, namespace: shop}}]
                    current-context: played
                    """.formatted(cluster.port()));
            Files.writeString(
                    directory.resolve("serve.yaml"),
                    "databases: [{url: \"" + night.primary().url() + "\"}]");
            cluster.beforeScaling(change -> spared("before " + change));
            cluster.afterScaling(change -> spared("after " + change));
        }

        @Override
        public void begins(String pod) {
            try {
                Connection connection = night.primary().superuser().connect();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET application_name = 'shop-web'");
                }
                sessions.put(pod, connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void ends(String pod) {
            try {
                sessions.remove(pod).close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void submit(String steps) {
            Nightshift submit = night.nightshift(
                    environment(),
                    "submit",
                    night.plan(SlowShop.plan(night, steps)).toString());
            assertThat(submit.awaitExit(java.time.Duration.ofMinutes(2)))
                    .as(submit.output())
                    .isZero();
        }

        void ask(String kind) {
            night.ask("SELECT nightshift.ask('" + kind + "', 'the shop has to open')");
        }

        void serve() {
            alive = night.nightshift(
                    environment(), "serve", directory.resolve("serve.yaml").toString());
        }

        private Map<String, String> environment() {
            return Map.of("KUBECONFIG", directory.resolve("kubeconfig").toString());
        }

        /** False for each change of replicas once: then its supervisor dies of it. */
        private boolean spared(String change) {
            if (!killing || !changes.add(change)) {
                return true;
            }
            alive.killAlone();
            return false;
        }

        void killAlive() {
            ProcessHandle worker = alive.worker().orElse(null);
            alive.killAlone();
            if (worker != null) {
                worker.destroyForcibly();
            }
            night.primary().execute("UPDATE nightshift.lease SET expires_at = '-infinity'");
        }

        /** Until the run has ended and one supervisor has lived on with nothing more to do. */
        void killAtEverything(String state) {
            List<String> seen = new ArrayList<>(marks());
            killing = true;
            int kills = 0;
            while (true) {
                serve();
                Nightshift now = alive;
                List<String> fresh = new ArrayList<>();
                Night.await("something new, or the end: " + night.state(), () -> {
                    fresh.addAll(marks());
                    fresh.removeAll(seen);
                    return !fresh.isEmpty() || !now.isAlive() || isOver(state);
                });
                seen.addAll(fresh);
                if (fresh.isEmpty() && now.isAlive()) {
                    break;
                }
                kills++;
                ProcessHandle worker = kills % 2 == 0 ? now.worker().orElse(null) : null;
                now.killAlone();
                if (worker != null) {
                    worker.destroyForcibly();
                }
                night.primary().execute("UPDATE nightshift.lease SET expires_at = '-infinity'");
            }
            killed.addAll(seen);
            killed.addAll(changes);
            System.out.println("killed " + kills + " times at " + killed);
            alive.killAlone();
        }

        /** Nobody holds the lease any more, and whoever looks finds nothing to do. */
        private boolean isOver(String state) {
            return night.state().equals(state)
                    && night.count("SELECT count(*) FROM nightshift.workloads WHERE back_at IS NULL") == 0
                    && night.count("SELECT count(*) FROM nightshift.lease WHERE expires_at > clock_timestamp()") == 0;
        }

        private List<String> marks() {
            String all = night.state().equals("none")
                    ? ""
                    : night.ask("SELECT string_agg(mark, ';') FROM (" + MARKS + ") AS marks");
            return all.isEmpty() || all.equals("null") ? List.of() : List.of(all.split(";"));
        }

        @Override
        public void close() {
            played.close();
            night.close();
            cluster.close();
            try {
                Files.deleteIfExists(directory.resolve("kubeconfig"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
