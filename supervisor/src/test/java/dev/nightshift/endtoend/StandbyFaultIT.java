package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the work stops while a required standby is away, says why, and goes on when it is back. */
@Tag("faults")
class StandbyFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STANDBY = SlowShop.STANDBY;
    private static final int STILL_SECONDS = 5;

    private interface Fault {
        void strike(Cluster cluster);
    }

    @Test
    void holds_while_the_standby_is_stopped(@TempDir Path directory) {
        holdsAndGoesOn(
                directory,
                cluster -> cluster.standby(STANDBY).stop(),
                cluster -> cluster.standby(STANDBY).start(),
                "missing");
    }

    @Test
    void holds_while_the_link_is_cut(@TempDir Path directory) {
        holdsAndGoesOn(
                directory,
                cluster -> cluster.relay(STANDBY).cut(),
                cluster -> cluster.relay(STANDBY).restore(),
                "missing");
    }

    @Test
    void holds_while_the_standby_stands_still(@TempDir Path directory) {
        holdsAndGoesOn(
                directory,
                cluster -> cluster.standby(STANDBY).freeze(),
                cluster -> cluster.standby(STANDBY).thaw(),
                "replica");
    }

    @Test
    void holds_while_the_link_stands_still(@TempDir Path directory) {
        holdsAndGoesOn(
                directory,
                cluster -> cluster.relay(STANDBY).freeze(),
                cluster -> cluster.relay(STANDBY).thaw(),
                "replica");
    }

    @Test
    void holds_when_the_slot_is_lost_and_goes_on_once_the_standby_was_rebuilt(@TempDir Path directory) {
        holdsAndGoesOn(directory, StandbyFaultIT::loseSlot, StandbyFaultIT::rebuild, "lost");
    }

    private static void loseSlot(Cluster cluster) {
        cluster.standby(STANDBY).stop();
        cluster.primary().alterSystem("max_slot_wal_keep_size", "16MB");
        for (int segment = 0; segment < 3; segment++) {
            cluster.primary()
                    .superuser()
                    .execute("SELECT pg_switch_wal()", "SELECT pg_create_restore_point('next')", "CHECKPOINT");
        }
    }

    private static void rebuild(Cluster cluster) {
        cluster.primary().alterSystem("max_slot_wal_keep_size", "-1");
        cluster.rebuild(STANDBY);
    }

    private static void holdsAndGoesOn(Path directory, Fault fault, Fault repair, String reason) {
        try (Night night = SlowShop.start(directory, ClusterSettings.withStandbys(STANDBY))) {
            Nightshift run = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            fault.strike(night.cluster);
            String struck = night.ask("SELECT clock_timestamp()");
            night.awaitState("holding");

            System.out.println(reason + ": held after "
                    + night.ask("SELECT min(at) - '" + struck + "' FROM nightshift.events WHERE kind = 'held'") + ": "
                    + holds(night));
            Night.await("the reason of the hold", () -> holds(night).contains(reason));
            assertThat(holds(night)).contains(STANDBY);
            assertNothingIsWritten(night);

            repair.strike(night.cluster);
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    private static String holds(Night night) {
        return night.ask("SELECT string_agg(message, ' | ' ORDER BY id) FROM nightshift.events WHERE kind = 'held'");
    }

    /** The batch in flight when the permit ended is over after its statement timeout. */
    private static void assertNothingIsWritten(Night night) {
        SlowShop.awaitPermitEnd(night);
        long done = night.rowsDone();
        String from = night.ask("SELECT clock_timestamp()");
        Night.await(
                "a while",
                () -> night.ask("SELECT clock_timestamp() > '" + from + "'::timestamptz + interval '" + STILL_SECONDS
                                + " seconds'")
                        .equals("t"));
        assertThat(night.rowsDone())
                .as("rows done while on hold")
                .isEqualTo(done)
                .isLessThan(SlowShop.ORDERS);
        assertThat(night.count("SELECT sum(touched) FROM public.orders")).isEqualTo(done);
        assertThat(night.state()).isEqualTo("holding");
    }
}
