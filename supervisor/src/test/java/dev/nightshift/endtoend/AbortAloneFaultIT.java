package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a person can abort a run although its supervisor is dead and its worker still writes. */
@Tag("faults")
class AbortAloneFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ABORTED_BY_OPERATOR = 6;

    private static final String ABORT_PLAN = """
            abort:
              - statement: {name: mark, sql: "COMMENT ON COLUMN public.orders.total_cents IS 'half filled'"}
            """;

    @Test
    void abort_stops_the_worker_of_a_frozen_supervisor_within_a_batch(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = fill(night);
            ProcessHandle worker = run.awaitWorker();
            Processes.freeze(run.pid());

            Nightshift abort = night.nightshift("abort", "--reason", "orders page is slow");
            Night.await(
                    "the work is stopped",
                    () -> night.ask("SELECT bool_or(revoked) FROM nightshift.permits")
                            .equals("t"));
            assertThat(abort.awaitExit(PATIENCE)).as(abort.output()).isEqualTo(ABORTED_BY_OPERATOR);

            assertAborted(night);
            Night.await("the worker ends", () -> SlowShop.hasEnded(worker));
        }
    }

    @Test
    void abort_goes_round_a_worker_that_froze_in_the_middle_of_a_batch(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = fill(night);
            ProcessHandle worker = run.awaitWorker();
            Processes.freeze(worker.pid());
            run.killAlone();
            long done = night.rowsDone();

            Nightshift abort = night.nightshift("abort", "--reason", "orders page is slow");
            assertThat(abort.awaitExit(PATIENCE)).as(abort.output()).isEqualTo(ABORTED_BY_OPERATOR);

            assertAborted(night);
            long stopped = night.rowsDone();
            assertThat(stopped - done).as("rows of the batch in flight").isBetween(0L, 100L);
            Processes.thaw(worker.pid());
            Night.await("the worker that thawed ends", () -> SlowShop.hasEnded(worker));
            assertThat(night.rowsDone()).isEqualTo(stopped);
            assertThat(night.state()).isEqualTo("aborted");
        }
    }

    private static Nightshift fill(Night night) {
        String plan = SlowShop.plan(night, SlowShop.FILL) + ABORT_PLAN;
        Nightshift run = night.nightshift("run", night.plan(plan).toString());
        SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
        return run;
    }

    private static void assertAborted(Night night) {
        assertThat(night.state()).isEqualTo("aborted");
        assertThat(night.ask("SELECT col_description('public.orders'::regclass, attnum) FROM pg_attribute"
                        + " WHERE attrelid = 'public.orders'::regclass AND attname = 'total_cents'"))
                .isEqualTo("half filled");
        assertThat(night.rowsDone()).isLessThan(SlowShop.ORDERS);
        assertThat(night.rowsDone()).isEqualTo(night.count("SELECT sum(touched) FROM public.orders"));
        assertThat(night.count("SELECT count(*) FROM public.orders WHERE touched > 1"))
                .isZero();
        // `committed before asked` by the database's clock, but for the batch in flight.
        assertThat(night.ask("SELECT max(pg_xact_commit_timestamp(o.xmin)) < max(i.asked_at) + interval '2 seconds'"
                        + " FROM public.orders AS o, nightshift.intents AS i WHERE o.touched = 1"))
                .as("the last batch ended within its statement timeout")
                .isEqualTo("t");
        assertThat(night.nightshift("report").awaitExit(PATIENCE)).isZero();
        SlowShop.awaitNoSession(night);
    }
}
