package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunSignalsTest extends Watching {

    @Test
    void many_dead_rows_slow_and_never_hold_also_where_they_are_not_known() {
        says("autovacuum", "public.orders", 1.1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        says("autovacuum", "public.orders", 5);
        calmSeconds(9);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        assertThat(reasons()).containsExactly("dead rows public.orders 500 % > 120 %");

        world.readings.clear();
        world.readings.add(Reading.unknown("autovacuum", "public.orders", "", world.now));
        calmSeconds(9);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
    }

    @Test
    void a_vacuum_against_wraparound_that_waits_for_us_holds() {
        says("wraparound", "public.orders", 1.5);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void an_old_transaction_slows_and_is_named() {
        world.readings.add(new Reading(
                "xmin-horizon", "oldest transaction", OptionalDouble.of(301), "session 77 of app", world.now));
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("session 77 of app");
    }

    @Test
    void a_wait_of_our_own_slows_and_is_over_with_the_wait() {
        says("lock-wait", "statement 4711", 1.2);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);

        world.readings.clear();
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void progress_that_stands_still_for_ten_minutes_holds_and_any_movement_begins_anew() {
        progress("blocks 5");
        calmSeconds(599);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        progress("blocks 6");
        calmSeconds(599);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        calmSeconds(2);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("progress stall index build 4711 10 min 1 s > 10 min");
    }

    @Test
    void a_standby_that_has_wal_and_does_not_replay_it_is_told_from_one_that_has_none() {
        standStill(6, false);
        assertThat(reasons()).isNotEmpty().noneMatch(reason -> reason.startsWith("standby conflict"));

        calmSeconds(6);
        world.readings.add(Reading.of(Reading.STANDBY_FEEDBACK, "standby-a", 0, world.now));
        standStill(7, true);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(watch.judgement().findings())
                .filteredOn(finding -> finding.guard() == GuardKind.STANDBY_CONFLICT)
                .singleElement()
                .satisfies(finding -> assertThat(finding.note()).endsWith("; hot_standby_feedback is off"));
    }

    @Test
    void our_own_wal_holds_and_that_of_others_does_not() {
        for (int second = 0; second < 20; second++) {
            world.writes(400_000_000);
            calmSeconds(1);
        }
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        for (int second = 1; second < 20; second++) {
            says(Reading.OWN_WAL, "", second * 300e6);
        }
        assertThat(reasons()).anyMatch(reason -> reason.startsWith("own wal 286 MiB/s > 256 MiB/s"));
    }

    private void standStill(int seconds, boolean receives) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(1_000_000);
            if (receives) {
                standby.flushed = new Lsn(world.position);
            }
            watch = watch.observe(world.sample());
        }
    }

    private void progress(String counters) {
        world.readings.clear();
        world.readings.add(
                new Reading("progress-stall", "index build 4711", OptionalDouble.of(0), counters, world.now));
        calmSeconds(1);
    }

    private void says(String signal, String subject, double value) {
        world.readings.clear();
        world.readings.add(Reading.of(signal, subject, value, world.now));
        calmSeconds(1);
    }
}
