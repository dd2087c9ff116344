package dev.nightshift.guards.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nightshift.guards.pace.PaceDecision.Step;
import dev.nightshift.guards.pace.PaceTick.Flow;
import dev.nightshift.guards.pace.PaceTick.Load;
import dev.nightshift.guards.pace.PaceTick.Stance;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceLawTest {
    private static final double MB = 1e6;
    private static final double BUDGET = 256 * MB;

    private PaceLaw law = PaceLaw.start();
    private long nanos;
    private double foreground;
    private double used = 1;
    private double courtesy;
    private Map<String, Double> underLoad = Map.of();

    private PaceDecision tick(double utilisation) {
        return tick(utilisation, Stance.GO);
    }

    private PaceDecision tick(double utilisation, Stance stance) {
        nanos += 1_000_000_000L;
        double own = used * law.decision().rate();
        Load load = new Load(true, utilisation, "replica lag standby-a of 5 s", courtesy, BUDGET);
        String cause = stance == Stance.GO ? "" : "replica lag standby-a 9 s > 5 s";
        Flow flow = new Flow(own + foreground, own, foreground);
        law = law.next(new PaceTick(nanos, stance, cause, load, flow, underLoad, Map.of()));
        return law.decision();
    }

    private void ticks(int times, double utilisation) {
        for (int tick = 0; tick < times; tick++) {
            tick(utilisation);
        }
    }

    @Test
    void begins_at_two_megabytes_a_second() {
        assertThat(tick(0.2).rate()).isEqualTo(2 * MB);
    }

    @Test
    void doubles_each_second_while_there_is_no_sign_of_a_limit_but_never_beyond_a_quarter_of_the_byte_budget() {
        tick(0);
        assertThat(tick(0).rate()).isCloseTo(4 * MB, within(1.0));
        assertThat(tick(0).rate()).isCloseTo(8 * MB, within(1.0));
        ticks(3, 0);
        assertThat(law.decision().rate()).isCloseTo(64 * MB, within(1.0));
        assertThat(tick(0).rate()).isCloseTo(67.2 * MB, within(0.1 * MB));
    }

    @Test
    void takes_two_doublings_back_when_the_backlog_shows() {
        ticks(5, 0);
        assertThat(law.decision().rate()).isCloseTo(32 * MB, within(1.0));
        PaceDecision decision = tick(0.6);

        assertThat(decision.step()).isEqualTo(Step.LOWER);
        assertThat(decision.rate()).isCloseTo(8 * MB, within(1.0));
        assertThat(decision.reasons()).containsExactly("doubled too often: replica lag standby-a of 5 s");
        assertThat(tick(0.6).rate()).isCloseTo(8 * MB, within(1.0));
        assertThat(tick(0.0).rate()).isCloseTo(8 * MB, within(1.0));
    }

    @Test
    void takes_nothing_back_long_after_it_doubled_and_never_more_than_where_a_run_begins() {
        ticks(9, 0);
        double before = law.decision().rate();
        assertThat(tick(0.5).rate()).isEqualTo(before);

        law = PaceLaw.start();
        ticks(2, 0);
        assertThat(tick(0.5).rate()).isEqualTo(2 * MB);
    }

    @Test
    void grows_five_per_cent_below_two_fifths_and_keeps_above() {
        tick(0.2);
        assertThat(tick(0.2).rate()).isEqualTo(2.5 * MB);
        ticks(3, 0.5);
        double kept = law.decision().rate();

        assertThat(tick(0.5).rate()).isEqualTo(kept);
        assertThat(law.decision().step()).isEqualTo(Step.KEEP);
    }

    @Test
    void lowers_to_seven_tenths_once_in_three_seconds_above_seven_tenths() {
        ticks(9, 0);
        double before = law.decision().rate();
        ticks(3, 0.9);
        assertThat(law.decision().rate()).isCloseTo(0.7 * before, within(1.0));
        ticks(2, 0.9);
        assertThat(law.decision().rate()).isCloseTo(0.7 * before, within(1.0));
        tick(0.9);
        assertThat(law.decision().rate()).isCloseTo(0.49 * before, within(0.01 * before));
    }

    @Test
    void a_known_capacity_is_nine_tenths_less_what_others_need() {
        ticks(6, 0);
        foreground = 0.5 * MB;
        underLoad = Map.of("standby-a", 11.2 * MB);
        PaceDecision decision = tick(0.3);

        assertThat(decision.rate()).isCloseTo(9.58 * MB, within(1.0));
        assertThat(decision.reasons()).containsExactly("0.9 × capacity of standby-a 10.7 MiB/s − foreground 488 KiB/s");
    }

    @Test
    void the_slowest_replica_sets_the_pace() {
        ticks(6, 0);
        underLoad = Map.of("standby-a", 20 * MB, "standby-b", 10 * MB);

        assertThat(tick(0.3).rate()).isCloseTo(9 * MB, within(1.0));
    }

    @Test
    void near_a_known_capacity_it_probes_by_a_quarter_of_a_megabyte() {
        ticks(6, 0);
        underLoad = Map.of("standby-a", 10 * MB);
        tick(0.3);
        underLoad = Map.of();
        ticks(4, 0.05);
        assertThat(law.decision().rate()).isCloseTo(9 * MB, within(1.0));

        assertThat(tick(0.05).rate()).isCloseTo(9.25 * MB, within(1.0));
    }

    @Test
    void a_capacity_is_forgotten_after_three_minutes() {
        underLoad = Map.of("standby-a", 10 * MB);
        tick(0.5);
        assertThat(law.capacities()).containsKey("standby-a");
        underLoad = Map.of();
        ticks(181, 0.5);

        assertThat(law.capacities()).isEmpty();
    }

    @Test
    void stops_when_a_budget_is_used_up_and_leaves_after_three_calm_samples_at_less() {
        ticks(6, 0);
        underLoad = Map.of("standby-a", 10 * MB);
        assertThat(tick(1.0).stopped()).isTrue();
        underLoad = Map.of();
        assertThat(tick(0.5).stopped()).isTrue();
        assertThat(tick(0.2).stopped()).isTrue();
        assertThat(tick(0.2).stopped()).isTrue();

        PaceDecision left = tick(0.2);
        assertThat(left.rate()).isCloseTo(7.2 * MB, within(1.0));
        assertThat(tick(0.0).rate()).isEqualTo(left.rate());
    }

    @Test
    void a_hold_stops_and_is_left_only_when_the_guards_let_go() {
        tick(0);
        assertThat(tick(0.1, Stance.STOP).stopped()).isTrue();
        for (int held = 0; held < 20; held++) {
            assertThat(tick(0.1, Stance.STOP).stopped()).isTrue();
        }
        assertThat(tick(0.1).stopped()).isFalse();
    }

    @Test
    void what_is_unknown_freezes_the_pace() {
        ticks(4, 0);
        double before = law.decision().rate();

        assertThat(tick(Double.NaN, Stance.UNKNOWN).rate()).isEqualTo(before);
        assertThat(law.decision().step()).isEqualTo(Step.FREEZE);
    }

    @Test
    void slow_ends_growth_whatever_the_zones_say() {
        ticks(4, 0);
        double before = law.decision().rate();

        assertThat(tick(0.1, Stance.SLOW).rate()).isEqualTo(before);
    }

    @Test
    void a_pace_that_is_not_used_up_is_not_raised() {
        ticks(5, 0.2);
        used = 0.3;
        ticks(4, 0.2);
        double before = law.decision().rate();

        assertThat(tick(0.2).rate()).isEqualTo(before);
        assertThat(law.decision().reasons().get(0)).startsWith("not raised: ");
    }

    @Test
    void a_best_effort_replica_lowers_the_pace_to_where_it_began_and_no_further() {
        ticks(6, 0);
        courtesy = 0.95;
        ticks(60, 0);

        assertThat(law.decision().rate()).isEqualTo(2 * MB);
    }
}
