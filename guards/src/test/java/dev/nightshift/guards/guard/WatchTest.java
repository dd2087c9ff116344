package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final World world = new World();
    private final Standby standby = world.standby("standby-a");
    private Watch watch = Watch.over(GuardSettings.DEFAULTS, pinned(world, DeclaredReplicas.DISCOVER));

    static ReplicaSet pinned(World world, DeclaredReplicas declared) {
        ReplicaSet.Pinning pinning = ReplicaSet.pin(List.of(world.sample()), declared);
        assertThat(pinning.problems()).isEmpty();
        return pinning.set();
    }

    @BeforeEach
    void three_calm_seconds() {
        calmSeconds(3);
    }

    private void calmSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(1000).keepsUp(standby);
            watch = watch.observe(world.sample());
        }
    }

    /** The standby stays where it is, or moves by so much, while the primary writes. */
    private void laggingSeconds(int seconds, long writes, long replays) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(writes);
            standby.reaches(new Lsn(lsn(standby) + replays));
            watch = watch.observe(world.sample());
        }
    }

    private static long lsn(Standby standby) {
        Lsn replayed = standby.replayed;
        assertThat(replayed).isNotNull();
        return replayed == null ? 0 : replayed.position();
    }

    private Verdict verdict() {
        return watch.judgement().verdict();
    }

    private List<String> reasons() {
        return watch.judgement().findings().stream().map(Finding::reason).toList();
    }

    @Test
    void is_unknown_and_permits_nothing_before_the_first_sample() {
        Watch fresh = Watch.over(GuardSettings.DEFAULTS, pinned(world, DeclaredReplicas.DISCOVER));

        assertThat(fresh.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(fresh.judgement().permits()).isFalse();
    }

    @Test
    void is_unknown_while_nothing_is_pinned() {
        Watch unpinned = Watch.over(GuardSettings.DEFAULTS, ReplicaSet.UNPINNED).observe(world.sample());

        assertThat(unpinned.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unpinned.judgement().permits()).isFalse();
    }

    @Test
    void is_clear_and_permits_while_the_standby_keeps_up() {
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(watch.judgement().permits()).isTrue();
        assertThat(watch.judgement().at()).isEqualTo(world.now);
        assertThat(watch.judgement().standings()).allMatch(standing -> standing.verdict() == Verdict.CLEAR);
    }

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
        assertThat(reasons()).contains("replica bytes standby-a 300 MB > 256 MiB");
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

    @Test
    void a_session_that_has_waited_for_us_two_seconds_holds_at_once() {
        world.blocked.add(new BlockedSession(77, "shop", 4711, Duration.ofMillis(1900)));
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        world.blocked.set(0, new BlockedSession(77, "shop", 4711, Duration.ofMillis(2900)));
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("blocked sessions by us 1 >= 1 for 2 s");
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("shop (pid 77) has waited 2.9 s for pid 4711");
    }

    @Test
    void twenty_blocked_sessions_abort_when_the_twentieth_has_waited_half_a_minute() {
        for (int pid = 0; pid < 19; pid++) {
            world.blocked.add(new BlockedSession(pid, "shop", 4711, Duration.ofMinutes(2)));
        }
        world.blocked.add(new BlockedSession(20, "shop", 4711, Duration.ofSeconds(29)));
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        world.blocked.set(19, new BlockedSession(20, "shop", 4711, Duration.ofSeconds(30)));
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void one_commit_that_waits_a_second_for_a_synchronous_standby_holds_and_many_short_ones_do_not() {
        for (int second = 0; second < 5; second++) {
            world.own.clear();
            world.own.add(new OwnSession(4711, "worker", "IPC", "SyncRep", "active", Duration.ofMillis(300)));
            calmSeconds(1);
            assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        }
        world.own.clear();
        world.own.add(new OwnSession(4711, "worker", "IPC", "SyncRep", "active", Duration.ofMillis(1300)));
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("sync wait worker 4711 1 s >= 1 s");
    }

    @Test
    void a_database_clock_that_goes_back_or_jumps_holds() {
        world.now = world.now.minusSeconds(30);
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("clock database went back by 29 s > 0 s");

        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        world.now = world.now.plusSeconds(6);
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("clock database 6 s > 5 s");
    }

    @Test
    void another_timeline_role_or_server_holds() {
        world.server = new ServerIdentity("7301", 2, 16384, "10.0.0.9:5432", true);
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons())
                .containsExactlyInAnyOrder(
                        "server timeline 2 != 1",
                        "server address 10.0.0.9:5432 != 10.0.0.1:5432",
                        "server role standby != primary");
    }

    @Test
    void one_failed_sample_freezes_and_the_next_good_one_is_clear_again() {
        Instant last = world.now;
        double before = watch.judgement().pace().rate();
        world.passes(1);
        watch = watch.missed(world.nanos, "statement timeout");

        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(watch.judgement().at()).isEqualTo(last);
        assertThat(watch.judgement().pace().rate()).isEqualTo(before);
        assertThat(reasons()).containsExactly("sensing 1 sample failed < 3");

        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void three_failed_samples_in_a_row_hold() {
        for (int failed = 0; failed < 3; failed++) {
            world.passes(0.5);
            watch = watch.missed(world.nanos, "connection refused");
        }

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("sensing 3 samples failed >= 3");
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("connection refused");
    }

    @Test
    void a_failed_sample_between_calm_ones_does_not_end_a_hold() {
        laggingSeconds(6, 1_000_000, 1000);
        calmSeconds(2);
        watch = watch.missed(world.passes(1).nanos, "timeout");
        calmSeconds(2);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void silence_slows_after_three_seconds_and_holds_after_five() {
        assertThat(watch.waited(world.nanos + 2_900_000_000L).judgement().verdict())
                .isEqualTo(Verdict.CLEAR);
        assertThat(watch.waited(world.nanos + 3_100_000_000L).judgement().verdict())
                .isEqualTo(Verdict.SLOW);
        assertThat(watch.waited(world.nanos + 5_100_000_000L).judgement().verdict())
                .isEqualTo(Verdict.HOLD);
    }

    @Test
    void what_held_before_samples_failed_holds_while_they_fail() {
        laggingSeconds(6, 1_000_000, 1000);
        world.passes(1);
        watch = watch.missed(world.nanos, "timeout");

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).hasSize(2);
    }

    @Test
    void a_limit_that_must_last_does_not_hold_before_it_has() {
        Limits lasting = new Limits(null, Limit.of(5).lasting(Duration.ofSeconds(10)), null);
        watch = Watch.over(
                GuardSettings.DEFAULTS.with(GuardKind.REPLICA_LAG, lasting), pinned(world, DeclaredReplicas.DISCOVER));
        calmSeconds(2);
        laggingSeconds(8, 10_000, 100);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);

        laggingSeconds(9, 10_000, 100);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons().get(0)).endsWith("> 5 s for 10 s");
    }

    @Test
    void without_replicas_the_pace_is_unlimited() {
        World alone = new World();
        Watch free = Watch.over(GuardSettings.DEFAULTS, pinned(alone, DeclaredReplicas.NONE));
        free = free.observe(alone.sample()).observe(alone.passes(1).sample());

        assertThat(free.judgement().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(free.judgement().pace().unlimited()).isTrue();
    }
}
