package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM is a node that is drained, never an abort: the work parks between two batches and goes on. */
@Tag("faults")
class TerminatedFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TERMINATED = 143;
    private static final String LOST = "SELECT count(*) FROM nightshift.events WHERE kind = 'worker-lost'";

    @Test
    void a_worker_that_is_told_to_end_parks_and_the_next_one_goes_on(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            for (int tenth : new int[] {1, 4}) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * tenth / 10);
                ProcessHandle worker = run.awaitWorker();
                Processes.terminate(worker.pid());
                Night.await("the worker ends", () -> SlowShop.hasEnded(worker));
            }

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE subject IN ('aborting', 'failed')"))
                    .isZero();
        }
    }

    @Test
    void a_supervisor_that_is_told_to_end_takes_its_worker_along_and_gives_the_lease_back(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            ProcessHandle worker = run.awaitWorker();
            Processes.terminate(run.pid());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(TERMINATED);
            assertThat(SlowShop.hasEnded(worker))
                    .as("the worker is gone with it")
                    .isTrue();
            SlowShop.awaitNoSession(night);
            assertThat(night.ask("SELECT expires_at = '-infinity' FROM nightshift.lease"))
                    .isEqualTo("t");
            assertThat(night.ask("SELECT valid_until = '-infinity' FROM nightshift.permits"))
                    .isEqualTo("t");
            assertThat(night.state()).isEqualTo("working");
            long parked = night.rowsDone();
            assertThat(parked).isLessThan(SlowShop.ORDERS);

            Nightshift resumed = night.nightshift("resume");
            assertThat(resumed.awaitExit(PATIENCE)).as(resumed.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count(LOST)).isZero();
        }
    }

    @Test
    void a_second_run_beside_a_live_one_is_refused_and_changes_nothing(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift first = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);

            Nightshift second = SlowShop.fill(night);
            assertThat(second.awaitExit(PATIENCE)).as(second.output()).isEqualTo(9);
            assertThat(first.awaitExit(PATIENCE)).as(first.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count("SELECT count(*) FROM nightshift.runs")).isEqualTo(1);
        }
    }
}
