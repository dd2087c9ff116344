package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a worker, or a supervisor, that stood still for too long can do anything once it goes on. */
@Tag("faults")
class FrozenWorkerFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOCKED = 9;

    @Test
    void a_worker_that_stands_still_is_noticed_by_its_heartbeat_and_replaced(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            ProcessHandle frozen = run.awaitWorker();
            Processes.freeze(frozen.pid());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(frozen.isAlive()).isFalse();
            assertThat(night.ask("SELECT string_agg(message, ', ') FROM nightshift.events WHERE kind = 'worker-lost'"))
                    .startsWith("no heartbeat");
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    @Test
    void a_frozen_worker_that_thaws_after_another_took_over_commits_nothing_and_ends(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift first = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            ProcessHandle frozen = first.awaitWorker();
            // The supervisor as well: it would end a silent worker of its own, and its pipe stays open.
            Processes.freeze(first.pid());
            Processes.freeze(frozen.pid());
            String frozenSession = lastSession(night);

            Nightshift second = night.nightshift("resume");
            Night.await("another worker works", () -> !lastSession(night).equals(frozenSession));
            Processes.thaw(frozen.pid());
            Night.await("the worker that thawed ends", () -> SlowShop.hasEnded(frozen));
            assertThat(night.state()).as("the run while it ended").isEqualTo("working");
            Processes.thaw(first.pid());
            assertThat(first.awaitExit(PATIENCE)).as(first.output()).isEqualTo(LOCKED);

            assertThat(second.awaitExit(PATIENCE)).as(second.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(sessionsInOrder(night)).isEqualTo(frozenSession + " " + lastSession(night));
        }
    }

    private static String lastSession(Night night) {
        return night.ask("SELECT done_by FROM public.orders WHERE touched = 1"
                + " ORDER BY pg_xact_commit_timestamp(xmin) DESC, id DESC LIMIT 1");
    }

    /** Which sessions changed orders, by their commits; one that comes back appears twice. */
    private static String sessionsInOrder(Night night) {
        return night.ask("""
                SELECT string_agg(done_by, ' ' ORDER BY at) FROM (
                    SELECT done_by, at, lag(done_by) OVER (ORDER BY at) AS before FROM (
                        SELECT DISTINCT done_by, pg_xact_commit_timestamp(xmin) AS at
                        FROM public.orders WHERE touched = 1) AS commits) AS changes
                WHERE before IS DISTINCT FROM done_by""");
    }
}
