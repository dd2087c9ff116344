package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.SlotRow;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ServerSignalsTest extends Watching {

    @Test
    void segments_that_wait_to_be_archived_slow_and_hold() {
        says("archive", "", 19);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        says("archive", "", 20);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);

        says("archive", "", 42);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("archive 42 >= 42");

        says("archive", "", 500);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_critical_load_that_does_not_fall_on_hold_is_not_ours_and_never_aborts() {
        says("archive", "", 500);
        assertThat(whose()).containsExactly("critical; within 30 s on hold it shows whether it is ours");

        for (int second = 1; second <= 600; second++) {
            says("archive", "", 500 + second);
            assertThat(verdict()).as("second %d", second).isEqualTo(Verdict.HOLD);
        }
        assertThat(whose())
                .containsExactly("critical and not ours: it has not fallen in 30 s on hold; a person is needed");
    }

    @Test
    void a_critical_load_that_falls_whenever_the_run_holds_is_ours_and_aborts_the_next_time() {
        for (int time = 1; time <= 3; time++) {
            says("archive", "", 500);
            assertThat(verdict()).as("time %d", time).isEqualTo(Verdict.HOLD);
            says("archive", "", 0);
            calmSeconds(3);
            assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        }

        says("archive", "", 500);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void a_critical_load_that_falls_slowly_is_ours_once() {
        says("archive", "", 900);
        for (int second = 1; second <= 35; second++) {
            says("archive", "", 900 - 5 * second);
        }

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(whose()).containsExactly("critical and ours, 1 of 3 times before an abort");
    }

    @Test
    void a_critical_load_that_is_unknown_for_a_while_shows_nothing_meanwhile() {
        says("archive", "", 500);
        world.readings.clear();
        world.readings.add(Reading.unknown("archive", "", "it is hidden", world.now));
        calmSeconds(60);
        says("archive", "", 400);
        calmSeconds(3);
        for (int time = 2; time <= 3; time++) {
            says("archive", "", 500);
            says("archive", "", 0);
            calmSeconds(3);
        }

        says("archive", "", 500);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void an_archiver_that_fails_slows_however_few_segments_wait() {
        says("archive", "", 1);
        world.readings.add(
                new Reading(Reading.ARCHIVE_FAILING, "", OptionalDouble.of(1), "segment 4 failed 3 s ago", world.now));
        calmSeconds(9);

        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        assertThat(reasons()).containsExactly("archive archiver fails != archives");

        says(Reading.ARCHIVE_FAILING, "", 0);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_signal_without_its_number_is_unknown_and_then_holds_and_never_is_clear() {
        for (String signal : new String[] {"archive", "sync-waiters", "connections", "xid-age"}) {
            world.readings.clear();
            world.readings.add(Reading.unknown(signal, "", "it is hidden", world.now));
            calmSeconds(1);
            assertThat(verdict()).as(signal).isEqualTo(Verdict.UNKNOWN);

            calmSeconds(6);
            assertThat(verdict()).as(signal).isEqualTo(Verdict.HOLD);

            world.readings.clear();
            calmSeconds(3);
            assertThat(verdict()).as(signal).isEqualTo(Verdict.CLEAR);
        }
    }

    @Test
    void waiters_for_a_synchronous_standby_are_critical_only_when_twenty_last() {
        says("sync-waiters", "", 1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        says("sync-waiters", "", 2);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        says("sync-waiters", "", 20);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        assertThat(whose()).containsExactly("");

        calmSeconds(31);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(whose()).containsExactly("critical; within 30 s on hold it shows whether it is ours");
    }

    @Test
    void few_free_connections_slow_and_hold_and_many_are_clear() {
        says("connections", "free", 80);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        says("connections", "free", 20);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        says("connections", "free", 5);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("connections free 5 <= 5");

        says("connections", "free", 80);
        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_volume_that_fills_slows_holds_and_aborts_and_a_big_one_not_by_its_share_alone() {
        volume(300e9, 2000e9);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        volume(30e9, 2000e9);
        assertThat(verdict()).as("30 GB are enough, whatever the share").isEqualTo(Verdict.CLEAR);
        volume(18e9, 100e9);
        assertThat(verdict()).as("so are 18 GB").isEqualTo(Verdict.CLEAR);
        volume(8e9, 100e9);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        volume(4e9, 100e9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("disk data and WAL 7.5 % < 10 %");
        volume(2e9, 100e9);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void a_small_volume_is_judged_by_its_share() {
        volume(3e9, 10e9);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        volume(0.9e9, 10e9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_volume_that_was_seen_and_is_not_any_more_is_unknown() {
        world.readings.add(Reading.unknown(Reading.DISK_FREE, "data and WAL", "no answer for 4 s", world.now));
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private void volume(double free, double size) {
        world.readings.clear();
        world.readings.add(Reading.of(Reading.DISK_FREE, "data and WAL", free, world.now));
        world.readings.add(Reading.of(Reading.DISK_SIZE, "data and WAL", size, world.now));
        calmSeconds(1);
    }

    @Test
    void no_free_connection_at_all_is_the_worst_and_not_nothing() {
        says("connections", "free", 0);
        calmSeconds(3);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void an_old_transaction_id_holds_long_before_the_server_refuses_writes() {
        says("xid-age", "transactions", 0.9e9);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        says("xid-age", "multixacts", 1.5e9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        says("xid-age", "transactions", 1.8e9);
        calmSeconds(60);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_logical_slot_that_the_plan_does_not_name_holds_and_does_not_abort() {
        world.slots.add(new SlotRow("cdc", true, true, "reserved", null, 0L, null));
        watch = Watch.over(GuardSettings.DEFAULTS, pinned(world, DeclaredReplicas.DISCOVER));
        says("logical-slots", "cdc", 1 << 20);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        says("logical-slots", "cdc", 4e9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("logical slot cdc 3.73 GiB > 256 MiB");

        says("logical-slots", "somebody_elses", 4e9);
        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void decoding_that_spills_to_disk_slows() {
        world.slots.add(new SlotRow("cdc", true, true, "reserved", null, 0L, null));
        watch = Watch.over(GuardSettings.DEFAULTS, pinned(world, DeclaredReplicas.DISCOVER));
        says(Reading.LOGICAL_SPILL, "cdc", 5e9);
        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        says(Reading.LOGICAL_SPILL, "cdc", 5e9 + (64 << 20));
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        assertThat(reasons()).containsExactly("logical slot cdc decoding spilled 64 MiB in the last minute > 0 B");

        calmSeconds(61);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void checkpoints_are_counted_over_a_minute_and_one_is_not_sixty() {
        says("checkpoints", "", 100);
        says("checkpoints", "", 101);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        says("checkpoints", "", 102);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        says("checkpoints", "", 106);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("requested checkpoints 6 >= 6");

        calmSeconds(64);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void statistics_that_begin_anew_are_no_growth_and_hide_none() {
        says("temp-bytes", "", 90e9);
        says("temp-bytes", "", 0);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        calmSeconds(61);
        says("temp-bytes", "", 60e9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("temp bytes 55.9 GiB > 50 GiB");
    }

    private List<String> whose() {
        return watch.judgement().findings().stream().map(Finding::whose).toList();
    }

    private void says(String signal, String subject, double value) {
        world.readings.clear();
        world.readings.add(Reading.of(signal, subject, value, world.now));
        calmSeconds(1);
    }
}
