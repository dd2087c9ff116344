package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the work stops by itself when nobody supervises it any more, and goes on when somebody does again. */
@Tag("faults")
class KilledSupervisorFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Four times what a batch should take. */
    private static final String STATEMENT_TIMEOUT = "interval '2 seconds'";

    @Test
    void a_killed_supervisor_leaves_no_worker_behind_and_resume_finishes_the_run(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift killed = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            ProcessHandle worker = killed.awaitWorker();
            killed.killAlone();

            Night.await("the worker ends", () -> SlowShop.hasEnded(worker));
            SlowShop.awaitNoSession(night);
            assertNothingWasCommittedAfterThePermit(night);
            resumeAndFinish(night);
        }
    }

    @Test
    void a_frozen_supervisor_stops_the_work_although_its_worker_lives(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift frozen = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            ProcessHandle worker = frozen.awaitWorker();
            Processes.freeze(frozen.pid());

            SlowShop.awaitPermitEnd(night);
            assertNothingWasCommittedAfterThePermit(night);
            assertThat(SlowShop.hasEnded(worker)).isFalse();
            long done = night.rowsDone();
            assertThat(done).isLessThan(SlowShop.ORDERS);

            resumeAndFinish(night);
            assertThat(SlowShop.hasEnded(worker)).as("the first worker is gone").isTrue();
        }
    }

    private static void assertNothingWasCommittedAfterThePermit(Night night) {
        assertThat(night.ask("SELECT max(pg_xact_commit_timestamp(o.xmin)) <= max(p.valid_until) + " + STATEMENT_TIMEOUT
                        + " FROM public.orders AS o, nightshift.permits AS p WHERE o.touched = 1"))
                .as("the last commit came before the permit's end and one batch")
                .isEqualTo("t");
    }

    private static void resumeAndFinish(Night night) {
        assertThat(night.rowsDone()).isLessThan(SlowShop.ORDERS);
        Nightshift resumed = night.nightshift("resume");
        assertThat(resumed.awaitExit(PATIENCE)).as(resumed.output()).isZero();
        SlowShop.assertEveryOrderIsDoneOnce(night);
    }
}
