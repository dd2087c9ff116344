package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaiversTest extends Watching {

    @Test
    void a_waived_guard_is_not_judged_until_its_last_day_has_ended() {
        LocalDate today = LocalDate.ofInstant(world.now, ZoneOffset.UTC);
        waive(GuardKind.SYNC_WAITERS, today);
        world.readings.add(Reading.of("sync-waiters", "", 9, world.now));
        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);

        Duration left = Duration.between(
                world.now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        world.passes((double) left.toSeconds());
        watch = watch.observe(world.sample());
        calmSeconds(4);
        assertThat(reasons()).anyMatch(reason -> reason.startsWith("sync waiters 9 > 5"));
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void what_is_not_known_of_a_waived_guard_does_not_hold_either() {
        waive(GuardKind.SYNC_WAITERS, LocalDate.ofInstant(world.now, ZoneOffset.UTC));
        world.readings.add(Reading.unknown("sync-waiters", "", "hidden", world.now));
        calmSeconds(9);

        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void other_guards_are_judged_beside_a_waived_one_and_those_under_a_permit_always() {
        waive(GuardKind.CLOCK, LocalDate.MAX);
        calmSeconds(1);
        world.now = world.now.minusSeconds(30);
        calmSeconds(1);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);

        assertThat(GuardSettings.DEFAULTS
                        .waiving(Map.of(GuardKind.SENSING, LocalDate.MAX))
                        .waived())
                .isEmpty();
    }

    @Test
    void a_waived_replica_may_lag_and_be_away_until_its_last_day_has_ended() {
        LocalDate today = LocalDate.ofInstant(world.now, ZoneOffset.UTC);
        DeclaredReplicas declared = DeclaredReplicas.listed(List.of(
                DeclaredReplicas.Declared.of("standby-a", ReplicaClass.REQUIRED),
                DeclaredReplicas.Declared.of("standby-b", ReplicaClass.REQUIRED)));
        GuardSettings settings = GuardSettings.DEFAULTS.waivingReplicas(Map.of("standby-b", today));
        assertThat(ReplicaSet.pin(List.of(world.sample()), declared).problems()).isNotEmpty();
        ReplicaSet.Pinning pinning = ReplicaSet.pin(List.of(world.sample()), declared, settings);
        assertThat(pinning.problems()).isEmpty();
        assertThat(pinning.set().notes()).containsExactly("standby-b is not there, which the plan waives for now");
        watch = Watch.over(settings, pinning.set());
        calmSeconds(9);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(watch.judgement().permits()).isTrue();

        world.passes(24.0 * 3600);
        calmSeconds(3);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).anyMatch(reason -> reason.startsWith("replica missing standby-b gone"));
    }

    @Test
    void waivers_name_a_guard_by_its_key_or_its_id() {
        assertThat(GuardKind.called("xmin-horizon")).contains(GuardKind.XMIN_HORIZON);
        assertThat(GuardKind.called("RG-XMIN-HORIZON")).contains(GuardKind.XMIN_HORIZON);
        assertThat(GuardKind.called("PF-LONG-XACT")).isEmpty();
    }

    private void waive(GuardKind kind, LocalDate until) {
        watch = Watch.over(
                GuardSettings.DEFAULTS.waiving(Map.of(kind, until)), pinned(world, DeclaredReplicas.DISCOVER));
    }
}
