package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobEventsTest {

    private final Vertx vertx = Vertx.vertx();
    private final MockedCluster played = MockedCluster.start();
    private final Cluster cluster = Cluster.of(vertx, played.anotherClient());
    private Optional<Job> job = Optional.of(new JobBuilder()
            .withNewMetadata()
            .withName("nightshift-orders-7f3kmq-1")
            .withNamespace(MockedCluster.NAMESPACE)
            .withUid("0f")
            .endMetadata()
            .build());
    private final JobEvents events = new JobEvents(cluster, () -> job, "host-a");

    @AfterEach
    void end() {
        cluster.close();
        played.close();
        vertx.close();
    }

    @Test
    void a_change_of_state_stands_on_the_job_with_its_reason() {
        events.happened(run(new Succeeded()), happened("state", "all steps are done"));

        Event event = await(1).get(0);
        assertThat(event.getReason()).isEqualTo("RunSucceeded");
        assertThat(event.getType()).isEqualTo("Normal");
        assertThat(event.getNote()).isEqualTo("run 7f3kmq of orders is succeeded: all steps are done");
        assertThat(event.getReportingInstance()).isEqualTo("host-a");
        assertThat(event.getRegarding().getName()).isEqualTo("nightshift-orders-7f3kmq-1");
        assertThat(event.getRegarding().getUid()).isEqualTo("0f");
    }

    @Test
    void a_worker_that_is_lost_is_a_warning_and_what_is_no_change_of_course_is_not_told() {
        events.happened(run(new Working()), happened("slowed", "replica lag"));
        events.happened(run(new Working()), happened("worker-lost", "exit code 137"));

        Event event = await(1).get(0);
        assertThat(event.getReason()).isEqualTo("WorkerLost");
        assertThat(event.getType()).isEqualTo("Warning");
    }

    @Test
    void a_long_reason_is_cut_to_what_an_event_may_hold() {
        events.happened(run(new Working()), happened("held", "x".repeat(5_000)));

        assertThat(await(1).get(0).getNote()).hasSize(1_000);
    }

    @Test
    void without_a_job_nothing_is_told_and_a_refusal_changes_nothing() {
        job.ifPresent(made -> job = Optional.empty());
        events.happened(run(new Working()), happened("state", "no job yet"));
        job = Optional.of(new JobBuilder()
                .withNewMetadata()
                .withName("late")
                .withNamespace(MockedCluster.NAMESPACE)
                .endMetadata()
                .build());
        played.objects().refuse("events is forbidden");
        events.happened(run(new Working()), happened("state", "refused"));
        played.objects().refuseNothing();
        events.happened(run(new Working()), happened("state", "told"));

        assertThat(await(1)).allSatisfy(event -> assertThat(event.getNote()).doesNotContain("no job yet"));
    }

    private List<Event> await(int count) {
        MockedCluster.await(count + " Events", () -> told().size() >= count);
        return told();
    }

    private List<Event> told() {
        return played.client()
                .events()
                .v1()
                .events()
                .inNamespace(MockedCluster.NAMESPACE)
                .list()
                .getItems();
    }

    private static RunRecord run(RunState state) {
        return new RunRecord(Launched.RUN, "orders", "0123abcd", "", "/plans/orders.yaml", 9, state);
    }

    private static dev.nightshift.drive.Event happened(String kind, String message) {
        return new dev.nightshift.drive.Event(kind, "", message);
    }
}
