package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a run goes on by itself when its database, or only its connections, went away in the middle of the work. */
@Tag("faults")
class PrimaryFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private interface Fault {
        void strike(Night night);
    }

    @Test
    void a_restart_of_the_primary_interrupts_and_no_more(@TempDir Path directory) {
        goesOnAfter(directory, night -> night.primary().restart());
    }

    @Test
    void a_primary_that_crashed_and_recovered_interrupts_and_no_more(@TempDir Path directory) {
        goesOnAfter(directory, night -> {
            night.primary().kill();
            night.primary().start();
        });
    }

    @Test
    void sessions_that_an_administrator_ends_interrupt_and_no_more(@TempDir Path directory) {
        goesOnAfter(
                directory,
                night -> assertThat(night.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                + " WHERE application_name LIKE 'nightshift/%'"))
                        .isPositive());
    }

    @Test
    void a_heap_walk_needs_nothing_of_the_session_that_settles_its_pages(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            long ended = 0;
            for (int twentieths = 1; twentieths <= 19; twentieths++) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * twentieths / 20);
                ended += night.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE application_name LIKE 'nightshift/%/settling'");
            }
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(ended).as("sessions ended").isGreaterThan(1);
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'worker-lost'"))
                    .isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    private static void goesOnAfter(Path directory, Fault fault) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            for (long tenths : new long[] {1, 5}) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * tenths / 10);
                fault.strike(night);
            }
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }
}
