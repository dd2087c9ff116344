package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.reading.Lsn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplicaGuardsTest extends Watching {

    @Test
    void a_first_sample_with_a_replica_behind_it_is_unknown_and_the_next_one_knows() {
        World busy = new World();
        Standby behind = busy.standby("standby-a");
        ReplicaSet set = pinned(busy, DeclaredReplicas.DISCOVER);
        busy.writes(5000);
        Watch first = Watch.over(GuardSettings.DEFAULTS, set).observe(busy.sample());
        behind.reaches(new Lsn(busy.position));
        Watch second = first.observe(busy.passes(1).writes(5000).sample());

        assertThat(first.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(first.judgement().permits()).isFalse();
        assertThat(second.judgement().verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void slows_beyond_two_seconds_and_says_so_in_five_words() {
        laggingSeconds(2, 1_000_000, 1000);
        world.passes(0.3).writes(1000);
        watch = watch.observe(world.sample());

        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        assertThat(reasons()).containsExactly("replica lag standby-a 2.3 s > 2 s");
    }

    @Test
    void holds_beyond_five_seconds_until_three_calm_samples_in_a_row() {
        laggingSeconds(6, 1_000_000, 1000);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(watch.judgement().permits()).isFalse();
        assertThat(watch.judgement().pace().stopped()).isTrue();

        calmSeconds(2);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("calm for 2 of 3 samples");

        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(watch.judgement().permits()).isTrue();
    }

    @Test
    void a_hold_stays_while_the_lag_is_below_its_limit_and_above_what_ends_it() {
        laggingSeconds(6, 1_000_000, 1000);
        standby.reaches(new Lsn(world.position - 2_000_000));
        laggingSeconds(5, 1_000_000, 1_000_000);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons().get(0)).isEqualTo("replica lag standby-a 2 s > 1.5 s");
    }

    @Test
    void a_slow_standby_aborts_after_five_minutes_of_lag() {
        laggingSeconds(299, 100_000, 100);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        laggingSeconds(2, 100_000, 100);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
        assertThat(reasons().get(0)).startsWith("replica lag standby-a 5 min").endsWith("> 5 min");
    }

    @Test
    void bytes_hold_when_the_time_does_not() {
        laggingSeconds(1, 300_000_000, 0);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).contains("replica bytes standby-a 286 MiB > 256 MiB");
    }

    @Test
    void a_standby_that_replays_nothing_is_called_stalled_and_never_aborts() {
        laggingSeconds(3_000, 2_000_000, 0);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons().get(0)).startsWith("replica lag standby-a 50 min").endsWith("(stalled) > 5 s");
        assertThat(watch.judgement().replicas().get(0).state()).startsWith("stalled for 50 min");
        assertThat(watch.judgement().replicas().get(0).capacity()).isEmpty();
    }

    @Test
    void a_standby_that_replays_again_after_a_long_stall_does_not_abort_on_the_way_back() {
        laggingSeconds(600, 100_000, 0);
        laggingSeconds(60, 0, 500_000);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        laggingSeconds(70, 0, 500_000);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_lag_behind_every_remembered_position_holds_and_never_aborts() {
        World restarted = new World();
        Standby far = restarted.standby("standby-a");
        ReplicaSet set = pinned(restarted, DeclaredReplicas.DISCOVER);
        restarted.writes(200L << 20);
        Watch young = Watch.over(GuardSettings.DEFAULTS, set);
        for (int second = 0; second < 400; second++) {
            far.reaches(new Lsn(lsn(far) + 10));
            young = young.observe(restarted.passes(1).writes(1).sample());
        }

        assertThat(young.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(young.judgement().replicas().get(0).timeLagExact()).isFalse();
    }

    @Test
    void holds_at_once_when_a_required_replica_vanishes_and_aborts_after_ten_minutes() {
        standby.connected = false;
        watch = watch.observe(world.passes(1).sample());
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("replica missing standby-a gone != streaming");

        for (int second = 0; second < 600; second++) {
            assertThat(verdict()).isEqualTo(Verdict.HOLD);
            watch = watch.observe(world.passes(1).sample());
        }
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
        assertThat(reasons()).containsExactly("replica missing standby-a 10 min >= 10 min");
    }

    @Test
    void a_missing_replica_is_never_clear_even_where_a_plan_lets_it_be_missing_for_a_while() {
        Limits patient = new Limits(null, Limit.of(30), null);
        watch = Watch.over(
                GuardSettings.DEFAULTS.with(GuardKind.REPLICA_MISSING, patient),
                pinned(world, DeclaredReplicas.DISCOVER));
        calmSeconds(2);
        standby.connected = false;
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(reasons()).containsExactly("replica missing standby-a gone != streaming");
    }

    @Test
    void goes_on_when_the_replica_is_back_and_has_caught_up() {
        standby.connected = false;
        for (int second = 0; second < 400; second++) {
            watch = watch.observe(world.passes(1).writes(1_000_000).sample());
        }
        standby.connected = true;
        standby.state = "catchup";
        laggingSeconds(1, 0, 1_000_000);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).contains("replica missing standby-a catchup != caught up");

        standby.state = "streaming";
        laggingSeconds(1, 0, 1_000_000);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).contains("replica missing standby-a catching up != caught up");

        calmSeconds(4);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_replayed_position_that_is_null_is_not_zero_lag() {
        standby.reaches(null);
        watch = watch.observe(world.passes(1).sample());

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons())
                .containsExactly("replica missing standby-a unobservable (its position is not known) != streaming");
    }

    @Test
    void a_replica_that_has_not_replied_for_twenty_seconds_is_unobservable() {
        standby.replyAge = Duration.ofSeconds(19);
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        standby.replyAge = Duration.ofSeconds(24);
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons())
                .containsExactly("replica missing standby-a unobservable (no reply for 24 s) != streaming");
    }

    @Test
    void the_newest_of_two_connections_with_one_name_counts() {
        Standby zombie = world.standby("standby-a");
        zombie.reaches(new Lsn(world.position - (400L << 20)));
        zombie.backendStart = Instant.parse("2026-03-01T00:00:00Z");
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(watch.judgement().replicas().get(0).note()).contains("older connection");
    }
}
