package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaClassesTest {
    private final World world = new World();
    private final Standby required = world.standby("standby-a");
    private final Standby other = world.standby("other");

    private Watch watching(ReplicaClass kind, Duration delay) {
        DeclaredReplicas declared = DeclaredReplicas.listed(
                List.of(Declared.of("standby-a", ReplicaClass.REQUIRED), new Declared("other", kind, delay, null)));
        Watch watch = Watch.over(GuardSettings.DEFAULTS, Watching.pinned(world, declared));
        return watch.observe(world.sample());
    }

    private Watch after(Watch watch, int seconds) {
        Watch now = watch;
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(1_000_000).keepsUp(required);
            now = now.observe(world.sample());
        }
        return now;
    }

    @Test
    void a_best_effort_replica_slows_and_never_holds() {
        Watch watch = after(watching(ReplicaClass.BEST_EFFORT, Duration.ZERO), 60);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.SLOW);
        assertThat(watch.judgement().permits()).isTrue();
    }

    @Test
    void a_best_effort_replica_that_is_gone_does_not_hold() {
        Watch watch = watching(ReplicaClass.BEST_EFFORT, Duration.ZERO);
        other.connected = false;
        Watch later = after(watch, 5);

        assertThat(later.judgement().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(later.judgement().replicas().get(1).state()).isEqualTo("gone");
    }

    @Test
    void a_standby_behind_a_standby_holds_and_is_missed_like_a_required_one() {
        Watch watch = watchingCascade();
        assertThat(after(watch, 10).judgement().verdict()).isEqualTo(Verdict.HOLD);

        other.connected = false;
        Judgement gone = after(watch, 1).judgement();
        assertThat(gone.verdict()).isEqualTo(Verdict.HOLD);
        assertThat(gone.findings())
                .extracting(Finding::reason)
                .containsExactly("replica missing other gone != streaming");
    }

    @Test
    void a_standby_whose_upstream_does_not_answer_is_unobservable() {
        Watch watch = watchingCascade();
        other.connected = false;
        world.readings.clear();
        world.readings.add(Reading.unknown(Reading.STANDBY, "standby-a", "connection refused", world.now));
        Judgement blind = after(watch, 1).judgement();

        assertThat(blind.verdict()).isEqualTo(Verdict.HOLD);
        assertThat(blind.findings())
                .extracting(Finding::reason)
                .containsExactly("replica missing other unobservable (standby-a does not answer) != streaming");
    }

    @Test
    void queries_that_a_standby_cancels_hold_for_a_moment() {
        Watch watch = watchingCascade();
        for (int cancelled : new int[] {7, 7, 8}) {
            world.readings.add(Reading.of(Reading.STANDBY_CANCELLED, "standby-a", cancelled, world.now));
            world.passes(1).keepsUp(required, other);
            watch = watch.observe(world.sample());
            world.readings.remove(world.readings.size() - 1);
        }

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(watch.judgement().findings())
                .extracting(Finding::reason)
                .containsExactly("standby conflict standby-a cancels queries != lets them end");
    }

    private Watch watchingCascade() {
        other.upstream = "standby-a";
        world.readings.add(Reading.of(Reading.STANDBY, "standby-a", 1, world.now));
        DeclaredReplicas declared = DeclaredReplicas.listed(
                List.of(Declared.of("standby-a", ReplicaClass.REQUIRED), Declared.cascaded("other", "standby-a")));
        return Watch.over(GuardSettings.DEFAULTS, Watching.pinned(world, declared))
                .observe(world.sample());
    }

    @Test
    void an_ignored_replica_is_shown_and_not_judged() {
        Watch watch = after(watching(ReplicaClass.IGNORE, Duration.ZERO), 60);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(watch.judgement().replicas().get(1).timeLag()).isEqualTo(Duration.ofSeconds(60));
        assertThat(watch.judgement().replicas().get(1).timeLimit()).isNull();
    }

    @Test
    void a_delayed_replica_is_given_its_delay_and_judged_on_what_it_has_flushed() {
        Watch watch = watching(ReplicaClass.DELAYED, Duration.ofMinutes(1));
        Lsn behind = new Lsn(world.position);
        for (int second = 0; second < 63; second++) {
            world.passes(1).writes(10_000_000).keepsUp(required);
            other.flushed = new Lsn(world.position);
            other.replayed = behind;
            watch = watch.observe(world.sample());
            assertThat(watch.judgement().verdict()).isIn(Verdict.CLEAR, Verdict.SLOW);
        }
        assertThat(watch.judgement().findings().get(0).reason()).isEqualTo("replica lag other 1 min 3 s > 1 min 2 s");

        for (int second = 0; second < 3; second++) {
            world.passes(1).keepsUp(required);
            watch = watch.observe(world.sample());
        }
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_delayed_replica_whose_replay_is_older_than_the_ring_does_not_hold_for_its_delay() {
        other.replayed = new Lsn(world.position - (500L << 20));
        Watch watch = after(watching(ReplicaClass.DELAYED, Duration.ofHours(1)), 1);
        other.flushed = new Lsn(world.position);
        watch = watch.observe(world.passes(1).keepsUp(required).sample());

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_replica_that_no_plan_names_is_observed() {
        DeclaredReplicas one = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.REQUIRED)));
        Watch watch =
                Watch.over(GuardSettings.DEFAULTS, Watching.pinned(world, one)).observe(world.sample());
        other.connected = false;

        assertThat(after(watch, 3).judgement().verdict()).isEqualTo(Verdict.CLEAR);
    }
}
