package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a pause holds, whatever dies and comes back meanwhile. */
@Tag("faults")
class PauseFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void a_pause_stops_the_work_within_a_batch_and_outlives_everything_else(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            pause(night);
            String lastWrite = SlowShop.lastWrite(night);
            assertThat(night.ask(
                            "SELECT '" + lastWrite + "' < asked_at + interval '2 seconds' FROM nightshift.intents"))
                    .as("the last batch ended within its statement timeout")
                    .isEqualTo("t");

            run.kill();
            night.primary().restart();
            assertThat(night.state()).isEqualTo("holding");
            Nightshift again =
                    night.nightshift("run", directory.resolve("plan.yaml").toString());
            assertThat(again.awaitExit(PATIENCE)).as("another run beside it").isNotZero();
            assertThat(SlowShop.lastWrite(night)).as("written while paused").isEqualTo(lastWrite);

            Nightshift resumed = night.nightshift("resume");
            assertThat(resumed.awaitExit(PATIENCE)).as(resumed.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    @Test
    void a_pause_outlives_a_restart_of_the_primary_under_a_live_supervisor(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            pause(night);
            String lastWrite = SlowShop.lastWrite(night);

            night.primary().kill();
            night.primary().start();
            awaitSupervisor(night);
            SlowShop.awaitSeconds(night, 5);
            assertThat(night.state()).isEqualTo("holding");
            assertThat(SlowShop.lastWrite(night)).as("written while paused").isEqualTo(lastWrite);

            assertThat(night.nightshift("resume").awaitExit(PATIENCE)).isZero();
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    @Test
    void a_pause_that_nobody_saw_is_obeyed_by_whoever_takes_the_run_over(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            run.killAlone();
            Nightshift pause = night.nightshift("pause", "--reason", "orders page is slow");
            assertThat(pause.awaitExit(PATIENCE)).as(pause.output()).isZero();
            SlowShop.awaitNoSession(night);
            String lastWrite = SlowShop.lastWrite(night);
            assertThat(night.rowsDone()).isLessThan(SlowShop.ORDERS);

            Nightshift resumed = night.nightshift("resume");
            assertThat(resumed.awaitExit(PATIENCE)).as(resumed.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.ask("SELECT bool_and(observed_at > '" + lastWrite + "') FROM nightshift.intents"))
                    .isEqualTo("t");
        }
    }

    private static void pause(Night night) {
        Nightshift pause = night.nightshift("pause", "--reason", "orders page is slow");
        assertThat(pause.awaitExit(PATIENCE)).as(pause.output()).isZero();
        assertThat(night.state()).isEqualTo("holding");
        SlowShop.awaitPermitEnd(night);
    }

    /** Its lease is renewed again. */
    private static void awaitSupervisor(Night night) {
        String from = night.ask("SELECT clock_timestamp()");
        Night.await(
                "a supervisor",
                () -> night.ask("SELECT expires_at > '" + from
                                + "'::timestamptz + interval '11 seconds' FROM nightshift.lease")
                        .equals("t"));
    }
}
