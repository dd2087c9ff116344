package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.Workloads.Left;
import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.TakeDown.Sessions;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stopping and bringing back against an API server that treats versions as a real one does. */
@Timeout(60)
class ClusterWorkloadsTest {

    private static final RunId RUN = new RunId("7f3kmq");
    private static final String SHOP = PlayedWorkloads.NAMESPACE;
    private static final Workload WEB = new Workload(Kind.DEPLOYMENT, "web");
    private static final TakeDown DOWN = new TakeDown(
            "down",
            SHOP,
            List.of(WEB),
            new Sessions(Optional.of("app"), Optional.empty(), Optional.empty()),
            Duration.ofMinutes(1),
            false,
            Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final MockedCluster cluster = MockedCluster.start();
    private final KeptWorkloads kept = new KeptWorkloads();
    private long nanos;
    private final ClusterWorkloads workloads =
            new ClusterWorkloads(Cluster.of(vertx, cluster.limitedClient()), kept, Duration.ofSeconds(65), () -> nanos);

    @BeforeEach
    void open() {
        cluster.client().resource(PlayedWorkloads.deploymentOf("web", 3)).create();
    }

    @AfterEach
    void close() {
        cluster.close();
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Throwable failure(Future<?> future) {
        try {
            done(future);
            throw new AssertionError("it succeeded");
        } catch (CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    private Left stop() {
        return done(workloads.stop(RUN, 0, DOWN, kept.down()));
    }

    private List<String> bringBack() {
        return done(workloads.bringBack(RUN, kept.down()));
    }

    private int replicas() {
        return web().getSpec().getReplicas();
    }

    private Deployment web() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(SHOP)
                .withName("web")
                .get();
    }

    private void scale(int replicas) {
        cluster.client().apps().deployments().inNamespace(SHOP).withName("web").edit(there -> {
            there.getSpec().setReplicas(replicas);
            return there;
        });
    }

    private void pod(String name, String phase) {
        cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(SHOP)
                        .withName(name)
                        .withLabels(Map.of("app", "web"))
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .endSpec()
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build())
                .create();
    }

    @Test
    void the_row_is_written_before_anything_is_scaled() {
        List<Integer> written = new ArrayList<>();
        cluster.beforeScaling(change -> written.add(kept.row(WEB).replicas()));
        assertThat(stop().pods()).isEmpty();
        assertThat(written).containsExactly(3);
        assertThat(kept.row(WEB).confirmed()).isTrue();
        assertThat(replicas()).isZero();
    }

    @Test
    void it_is_stopped_once_its_last_pod_is_gone_and_ended_ones_do_not_count() {
        pod("web-1", "Running");
        pod("web-2", "Succeeded");
        assertThat(stop().pods()).containsExactly("pod web-1 on node node-1");
        cluster.client().pods().inNamespace(SHOP).withName("web-1").delete();
        assertThat(stop().pods()).isEmpty();
    }

    @Test
    void a_stop_whose_answer_was_lost_keeps_the_replicas_that_were_written_first() {
        cluster.afterScaling(change -> false);
        assertThat(failure(workloads.stop(RUN, 0, DOWN, kept.down()))).isInstanceOf(Transient.class);
        assertThat(replicas()).isZero();
        cluster.afterScaling(change -> true);
        assertThat(stop().pods()).isEmpty();
        assertThat(bringBack()).isEmpty();
        assertThat(replicas()).isEqualTo(3);
        assertThat(kept.reopened).containsExactly(WEB);
    }

    @Test
    void whoever_scales_between_the_look_and_the_stop_is_seen() {
        kept.betweenRowAndScale = () -> scale(5);
        assertThat(failure(workloads.stop(RUN, 0, DOWN, kept.down()))).isInstanceOf(Transient.class);
        assertThat(replicas()).isEqualTo(5);
        kept.betweenRowAndScale = () -> {};
        stop();
        assertThat(kept.row(WEB).replicas()).isEqualTo(5);
    }

    @Test
    void one_that_was_started_again_is_not_stopped_twice() {
        stop();
        scale(2);
        assertThat(failure(workloads.stop(RUN, 0, DOWN, kept.down())))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("deployment/web in namespace shop has 2 replicas, set by");
        assertThat(done(workloads.upAgain(kept.down()))).hasSize(1);
        assertThat(bringBack()).isEmpty();
        assertThat(replicas()).isEqualTo(2);
        assertThat(kept.history).last().asString().startsWith("deployment/web is up with 2 replicas");
    }

    @Test
    void a_row_that_is_old_stops_nothing() {
        KeptWorkloads slow = kept;
        ClusterWorkloads frozen = new ClusterWorkloads(
                Cluster.of(vertx, cluster.limitedClient()),
                slow,
                Duration.ofSeconds(65),
                () -> nanos += Duration.ofSeconds(10).toNanos());
        assertThat(failure(frozen.stop(RUN, 0, DOWN, List.of()))).isInstanceOf(Transient.class);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void a_supervisor_that_lost_its_lease_while_stopping_does_not_leave_it_down() {
        kept.leaseLost = true;
        assertThat(failure(workloads.stop(RUN, 0, DOWN, List.of()))).isInstanceOf(Transient.class);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void nothing_is_concluded_while_a_lost_write_may_still_land() {
        cluster.beforeScaling(change -> false);
        kept.age = Duration.ofSeconds(10);
        assertThat(failure(workloads.stop(RUN, 0, DOWN, kept.down()))).isInstanceOf(Transient.class);
        assertThat(bringBack()).singleElement().asString().contains("is not known yet");
        assertThat(kept.down()).hasSize(1);
        scale(0);
        cluster.beforeScaling(change -> true);
        assertThat(bringBack()).isEmpty();
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void one_that_was_deleted_meanwhile_is_told_and_forgotten() {
        stop();
        cluster.client().apps().deployments().inNamespace(SHOP).withName("web").delete();
        assertThat(bringBack()).isEmpty();
        assertThat(kept.history)
                .last()
                .isEqualTo("deployment/web was deleted by somebody; nothing is left to bring back");
    }

    @Test
    void one_that_had_no_replicas_has_none_afterwards() {
        scale(0);
        stop();
        assertThat(bringBack()).isEmpty();
        assertThat(replicas()).isZero();
        assertThat(kept.history).last().isEqualTo("deployment/web has no replicas, as it was found");
    }

    @Test
    void one_that_is_not_there_fails_the_step() {
        cluster.client().apps().deployments().inNamespace(SHOP).withName("web").delete();
        assertThat(failure(workloads.stop(RUN, 0, DOWN, List.of())))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("there is no deployment/web in namespace shop");
    }

    @Test
    void a_new_image_comes_with_its_step_and_goes_with_an_abort() {
        BringBack up =
                new BringBack("up", DOWN, Map.of("deployment/web", "registry.example/web:2"), Duration.ofMinutes(1));
        stop();
        cluster.beforeScaling(change -> false);
        assertThat(failure(workloads.bringBack(RUN, up, kept.down()))).isInstanceOf(Transient.class);
        assertThat(image()).isEqualTo("registry.example/web:2");
        cluster.beforeScaling(change -> true);
        assertThat(bringBack()).isEmpty();
        assertThat(image()).isEqualTo("registry.example/web:1");

        stop();
        assertThat(done(workloads.bringBack(RUN, up, kept.down()))).isEmpty();
        assertThat(image()).isEqualTo("registry.example/web:2");
        assertThat(replicas()).isEqualTo(3);
        assertThat(done(workloads.notReady(up))).containsExactly("deployment/web has 0 of 3 replicas ready");
    }

    private String image() {
        return web().getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }

    @Test
    void an_autoscaler_is_named() {
        cluster.client()
                .resource(new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withNamespace(SHOP)
                        .withName("web-load")
                        .endMetadata()
                        .withNewSpec()
                        .withNewScaleTargetRef("apps/v1", "Deployment", "web")
                        .withMinReplicas(2)
                        .withMaxReplicas(9)
                        .endSpec()
                        .build())
                .create();
        stop();
        assertThat(kept.history)
                .containsExactly(
                        "deployment/web stopped, it had 3 replicas",
                        "deployment/web HorizontalPodAutoscaler web-load aims at deployment/web (2 to 9); it rests while"
                                + " there are no replicas, and goes on when they are back");
    }
}
