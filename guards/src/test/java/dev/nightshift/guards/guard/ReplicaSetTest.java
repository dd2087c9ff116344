package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaSet.Pinning;
import dev.nightshift.guards.reading.SlotRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSetTest {
    private final World world = new World();

    private Pinning pin(DeclaredReplicas declared) {
        return ReplicaSet.pin(List.of(world.sample()), declared);
    }

    private static DeclaredReplicas required(String... names) {
        return DeclaredReplicas.listed(List.of(names).stream()
                .map(name -> Declared.of(name, ReplicaClass.REQUIRED))
                .toList());
    }

    @Test
    void discovers_what_replays_as_required() {
        world.standby("standby-a");
        world.standby("standby-b");

        assertThat(pin(DeclaredReplicas.DISCOVER).set().replicas())
                .extracting(PinnedReplica::name, PinnedReplica::kind)
                .containsExactly(tuple("standby-a", ReplicaClass.REQUIRED), tuple("standby-b", ReplicaClass.REQUIRED));
    }

    @Test
    void discovering_nothing_is_a_problem_and_none_is_not() {
        assertThat(pin(DeclaredReplicas.DISCOVER).problems())
                .containsExactly("no replica is connected; if there is none, say so: `replicas: none`");
        assertThat(pin(DeclaredReplicas.NONE).ok()).isTrue();
        assertThat(pin(DeclaredReplicas.NONE).set().none()).isTrue();
    }

    @Test
    void two_with_one_identity_are_refused() {
        world.standby("standby-a");
        world.standby("standby-a");

        assertThat(pin(required("standby-a")).problems())
                .singleElement()
                .asString()
                .startsWith("two replicas are both standby-a from 10.0.0.2");
    }

    @Test
    void two_with_one_name_and_two_slots_are_told_apart_by_their_slots() {
        world.standby("walreceiver").slot = "slot_a";
        world.standby("walreceiver").slot = "slot_b";

        assertThat(pin(required("walreceiver")).problems())
                .singleElement()
                .asString()
                .contains("ambiguous");
        assertThat(pin(required("slot_a", "slot_b")).ok()).isTrue();
        assertThat(pin(DeclaredReplicas.DISCOVER).set().replicas())
                .extracting(PinnedReplica::name)
                .containsExactly("slot_a", "slot_b");
    }

    @Test
    void a_declared_one_that_is_not_there_is_a_problem() {
        world.standby("standby-a");
        world.slots.add(new SlotRow("standby-b", false, false, "reserved", null, 0L, null));

        assertThat(pin(required("standby-a", "standby-b")).problems())
                .containsExactly("replica standby-b is declared required and not there"
                        + " (its slot is there, and inactive); connected: standby-a");
    }

    @Test
    void a_receiver_that_never_replays_is_classed_and_cannot_be_required() {
        world.standby("standby-a");
        world.standby("pg_receivewal").replayed = null;

        assertThat(pin(DeclaredReplicas.DISCOVER).set().replicas())
                .extracting(PinnedReplica::kind)
                .containsExactly(ReplicaClass.REQUIRED, ReplicaClass.RECEIVER);
        assertThat(pin(required("pg_receivewal")).problems())
                .singleElement()
                .asString()
                .contains("never replays");
    }

    @Test
    void a_fresh_walsender_is_not_taken_for_a_receiver() {
        Standby fresh = world.standby("standby-a");
        fresh.reaches(null);

        assertThat(pin(DeclaredReplicas.DISCOVER).set().replicas())
                .extracting(PinnedReplica::kind)
                .containsExactly(ReplicaClass.REQUIRED);
    }

    @Test
    void a_base_backup_is_nobody() {
        world.standby("standby-a");
        world.standby("pg_basebackup").state = "backup";

        assertThat(pin(DeclaredReplicas.DISCOVER).set().replicas()).hasSize(1);
    }

    @Test
    void hidden_states_are_a_problem() {
        world.standby("standby-a").state = null;

        assertThat(pin(DeclaredReplicas.DISCOVER).problems())
                .singleElement()
                .asString()
                .contains("pg_monitor");
    }

    @Test
    void a_logical_walsender_is_judged_by_its_slot() {
        world.standby("standby-a");
        world.standby("subscription").slot = "sub";
        world.slots.add(new SlotRow("sub", true, true, "reserved", null, 0L, null));

        ReplicaSet set = pin(DeclaredReplicas.DISCOVER).set();
        assertThat(set.replicas()).extracting(PinnedReplica::kind).contains(ReplicaClass.LOGICAL);
        assertThat(set.slots()).containsEntry("sub", ReplicaClass.LOGICAL);
    }

    @Test
    void replicas_that_are_there_although_the_plan_says_none_are_noted() {
        world.standby("standby-a");

        assertThat(pin(DeclaredReplicas.NONE).set().notes())
                .singleElement()
                .asString()
                .contains("standby-a");
    }
}
