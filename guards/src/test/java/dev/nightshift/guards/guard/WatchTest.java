package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchTest extends Watching {

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
