package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the network between Nightshift and its database may be cut, or fall silent, in the middle of any batch. */
@Tag("faults")
class CutLinkFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void connections_cut_in_mid_batch_lose_no_row_and_repeat_none(@TempDir Path directory) throws IOException {
        goesOnAfter(directory, (night, link) -> {
            for (int cut = 1; cut <= 4; cut++) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * cut / 6);
                link.cut();
                link.restore();
            }
        });
    }

    @Test
    void a_network_that_swallows_everything_stops_the_work_until_it_is_back(@TempDir Path directory)
            throws IOException {
        goesOnAfter(directory, (night, link) -> {
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            link.freeze();
            SlowShop.awaitPermitEnd(night);
            long stopped = night.rowsDone();
            SlowShop.awaitSeconds(night, 5);
            assertThat(night.rowsDone()).as("rows done without a live permit").isEqualTo(stopped);
            // What was sent before arrives only now, a renewal of the permit among it.
            link.thaw();
        });
    }

    private interface Fault {
        void strike(Night night, Relay link);
    }

    private static void goesOnAfter(Path directory, Fault fault) throws IOException {
        try (Night night = SlowShop.alone(directory);
                Relay link = Relay.to(night.primary().port())) {
            String plan = SlowShop.plan(night, SlowShop.FILL)
                    .replace("%URL%", night.primary().migrator().through(link).url());
            Nightshift run = night.nightshift(
                    "run",
                    night.plan(plan).toString(),
                    "--database",
                    night.primary().migrator().through(link).url());
            fault.strike(night, link);

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }
}
