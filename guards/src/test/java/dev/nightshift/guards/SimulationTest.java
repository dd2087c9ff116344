package dev.nightshift.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law against a replica, a link and a load that move; minutes of a run in a moment. */
class SimulationTest {
    private static final double MB = 1e6;

    private final Simulation world = new Simulation(42, GuardSettings.DEFAULTS);

    /** Bytes done a second over the next seconds. */
    private static double throughput(Simulation world, double seconds) {
        double before = world.done;
        double from = world.time;
        world.run(seconds);
        return (world.done - before) / (world.time - from);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5e6, 10e6, 30e6, 100e6})
    void finds_nine_tenths_of_a_link_and_keeps_the_lag_inside_its_budget(double link) {
        world.linkRate = link;
        world.workerRate = 3 * link;
        world.run(60);
        double found = throughput(world, 120) + world.foreground;

        assertThat(found).isBetween(0.85 * link, 1.02 * link);
        assertThat(world.longestLag).isLessThan(5);
        assertThat(world.stops).isZero();
    }

    @Test
    void finds_it_too_where_its_own_share_is_not_told() {
        world.tellsOwnShare = false;
        world.foreground = 2 * MB;
        world.run(60);

        assertThat(throughput(world, 120) + world.foreground).isBetween(8.5 * MB, 10.2 * MB);
        assertThat(world.longestLag).isLessThan(5);
    }

    @Test
    void ends_soon_after_the_link_alone_would_allow() {
        world.run(1000 * MB, 600, each -> {});
        double total = world.time + world.secondsUntilCaughtUp();

        assertThat(total).isLessThan(1.15 * world.written / world.linkRate);
    }

    @Test
    void a_pace_that_nothing_limits_does_not_slow_the_worker() {
        world.linkRate = 1e9;
        world.workerRate = 60 * MB;
        world.run(10);

        assertThat(throughput(world, 60)).isGreaterThan(0.9 * world.workerRate);
        assertThat(world.pace()).isLessThan(2 * world.workerRate);
    }

    @Test
    void a_long_way_is_not_taken_for_a_slow_replica() {
        world.linkRate = 30 * MB;
        world.linkDelay = 0.5;
        world.run(60);

        assertThat(throughput(world, 60)).isGreaterThan(0.8 * world.linkRate);
    }

    @Test
    void gives_way_to_the_load_of_others_and_comes_back() {
        world.run(60);
        world.foreground = 8 * MB;
        world.run(10);
        double beside = throughput(world, 50);
        world.foreground = 0.5 * MB;
        world.run(30);
        double alone = throughput(world, 30);

        assertThat(beside).isLessThan(2.2 * MB);
        assertThat(alone).isGreaterThan(8 * MB);
        assertThat(world.longestLag).isLessThan(6);
    }

    @Test
    void a_link_that_gets_slow_stops_the_run_within_two_seconds_of_pace_and_a_batch() {
        world.linkRate = 40 * MB;
        world.run(40);
        double before = world.mostBytesBehind;
        world.linkRate = 5 * MB;
        world.run(40);

        assertThat(world.mostBytesBehind - before).isLessThan(2 * world.workerRate + 16 * MB);
        assertThat(world.judgement().pace().rate()).isLessThan(5 * MB);
        assertThat(world.stops).isEqualTo(1);
    }

    @Test
    void a_link_that_gets_fast_again_is_noticed_within_half_a_minute() {
        world.linkRate = 5 * MB;
        world.run(60);
        world.linkRate = 200 * MB;
        world.run(30);

        assertThat(throughput(world, 20)).isGreaterThan(0.85 * world.workerRate);
    }

    @Test
    void a_standby_that_replays_nothing_stops_the_run_teaches_no_capacity_and_aborts_nothing() {
        world.run(30);
        double known = world.judgement().replicas().get(0).capacity().orElseThrow();
        world.replayRate = 0;
        world.run(400);

        assertThat(world.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(world.judgements).noneMatch(judgement -> judgement.verdict() == Verdict.ABORT);
        assertThat(world.judgements)
                .allMatch(judgement -> judgement.replicas().get(0).capacity().orElse(known) > 0.8 * known);

        world.replayRate = 200 * MB;
        world.run(120);
        assertThat(throughput(world, 20)).isGreaterThan(7 * MB);
    }

    @Test
    void nothing_is_written_while_a_hold_lasts() {
        world.run(30);
        world.replayRate = 0;
        world.run(20);
        double held = world.done;
        world.run(60);

        assertThat(world.done).isEqualTo(held);
    }

    @Test
    void samples_that_fail_stop_the_run_within_five_seconds() {
        world.run(30);
        world.samplesFail = true;
        world.run(6);
        double done = world.done;
        world.run(30);

        assertThat(world.done).isEqualTo(done);
        assertThat(world.judgement().verdict()).isEqualTo(Verdict.HOLD);

        world.samplesFail = false;
        world.run(30);
        assertThat(throughput(world, 20)).isGreaterThan(6 * MB);
    }

    @Test
    void a_budget_of_one_second_is_kept_but_for_a_batch_and_two_seconds() {
        Simulation tight = new Simulation(
                7,
                GuardSettings.DEFAULTS.with(
                        GuardKind.REPLICA_LAG, new Limits(Limit.of(0.5), Limit.of(1), Limit.of(60))));
        tight.run(300);

        assertThat(tight.percentile(0.99)).isLessThan(1.2);
        assertThat(tight.longestLag).isLessThan(3);
        assertThat(throughput(tight, 60)).isGreaterThan(6 * MB);
    }

    @Test
    void stops_and_starts_at_a_steady_load_are_rare() {
        world.run(600);

        assertThat(world.stops).isLessThanOrEqualTo(2);
        assertThat(world.percentile(0.99)).isLessThan(5);
    }
}
