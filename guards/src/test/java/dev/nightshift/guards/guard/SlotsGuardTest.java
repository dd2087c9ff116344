package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.reading.SlotRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotsGuardTest {
    private static final long GB = 1_000_000_000;

    private final World world = new World();
    private final Standby standby = world.standby("standby-a");
    private Watch watch = Watch.over(GuardSettings.DEFAULTS, ReplicaSet.UNPINNED);

    @BeforeEach
    void a_required_replica_with_a_slot() {
        standby.slot = "slot_a";
        slot("reserved", GB, 0L);
        watch = Watch.over(GuardSettings.DEFAULTS, Watching.pinned(world, DeclaredReplicas.DISCOVER));
        seconds(2);
    }

    private void slot(@Nullable String status, @Nullable Long safe, @Nullable Long retained) {
        world.slots.clear();
        world.slots.add(new SlotRow("slot_a", false, true, status, safe, retained, null));
    }

    private void seconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(1000).keepsUp(standby);
            watch = watch.observe(world.sample());
        }
    }

    private String reason() {
        return watch.judgement().worst().map(Finding::reason).orElse("clear");
    }

    @Test
    void a_reserved_slot_without_a_limit_is_clear() {
        slot("reserved", null, 500L << 20);
        seconds(1);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void an_extended_slot_slows() {
        slot("extended", null, 5 * GB);
        seconds(1);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.SLOW);
        assertThat(reason()).isEqualTo("slot slot_a extended != reserved");
    }

    @Test
    void less_than_a_quarter_of_headroom_holds() {
        slot("extended", GB / 5, GB - GB / 5);
        seconds(1);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reason()).isEqualTo("slot slot_a 80 % > 75 %");
    }

    @Test
    void a_lost_slot_holds_at_once_goes_on_when_it_is_back_and_aborts_after_ten_minutes() {
        slot("lost", null, null);
        seconds(1);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reason()).isEqualTo("slot slot_a lost != reserved");

        slot("reserved", GB, 0L);
        seconds(3);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.CLEAR);

        slot("unreserved", -1L, GB);
        seconds(600);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        seconds(1);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.ABORT);
        assertThat(reason()).isEqualTo("slot slot_a 100 % >= 100 % for 10 min");
    }

    @Test
    void a_slot_that_was_dropped_holds() {
        world.slots.clear();
        seconds(1);

        assertThat(reason()).isEqualTo("slot slot_a gone != reserved");
    }

    @Test
    void a_status_that_is_null_is_unknown_and_holds_after_five_seconds() {
        slot(null, null, null);
        seconds(1);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);

        seconds(5);
        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reason()).isEqualTo("slot slot_a unknown for 5 s >= 5 s");
    }

    @Test
    void headroom_that_will_be_used_up_within_ten_minutes_holds() {
        for (int second = 0; second < 40; second++) {
            long used = 5 * GB + second * 20_000_000L;
            slot("extended", 10 * GB - used, used);
            seconds(1);
        }

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reason()).startsWith("slot slot_a used up in 3 min").endsWith("< 10 min");
    }

    @Test
    void a_slot_of_nobody_that_was_lost_before_the_run_is_not_judged() {
        world.slots.add(new SlotRow("old", false, false, "lost", null, null, null));
        ReplicaSet.Pinning pinning = ReplicaSet.pin(List.of(world.sample()), DeclaredReplicas.DISCOVER);

        assertThat(pinning.set().slots()).containsOnlyKeys("slot_a");
        assertThat(pinning.set().notes()).hasSize(1);
    }

    @Test
    void a_slot_of_somebody_else_that_was_sound_at_the_start_holds_and_does_not_abort() {
        SlotRow debezium = new SlotRow("debezium", true, true, "reserved", GB, 0L, null);
        world.slots.add(debezium);
        watch = Watch.over(GuardSettings.DEFAULTS, Watching.pinned(world, DeclaredReplicas.DISCOVER));
        seconds(2);
        slot("reserved", GB, 0L);
        world.slots.add(new SlotRow("debezium", true, false, "lost", null, null, null));
        seconds(700);

        assertThat(watch.judgement().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reason()).isEqualTo("slot debezium lost != reserved");
    }
}
