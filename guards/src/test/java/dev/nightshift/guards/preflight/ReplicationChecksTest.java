package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Replication.Archiver;
import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.preflight.Replication.Standby;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Standbys, slots and the archive. */
class ReplicationChecksTest {

    private final Healthy pair = new Healthy();

    @Test
    void a_declared_standby_streams() {
        pair.standbys = Fact.of(List.of());
        pair.assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "standby-a is declared required and not connected");
        pair.standbys = Fact.of(
                List.of(new Standby("standby-a", null, "catchup", "async", 0L, 0L, null, Duration.ofSeconds(1))));
        pair.assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "in state catchup");
        pair.replicas = DeclaredReplicas.DISCOVER;
        pair.standbys = Fact.of(List.of());
        pair.assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "no standby is connected");
        pair.replicas = DeclaredReplicas.NONE;
        assertThat(pair.faults()).isEmpty();
        pair.replicas = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.BEST_EFFORT)));
        pair.assertOnly("PF-STANDBY-PRESENT", Outcome.WARN, "best-effort");
    }

    @Test
    void bytes_behind_warn_at_64_mib_and_fail_at_256() {
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 64 * Healthy.MIB, null, 1)));
        pair.assertOnly("PF-LAG-BYTES", Outcome.WARN, "64 MiB >= 64 MiB");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 256 * Healthy.MIB, null, 1)));
        pair.assertOnly("PF-LAG-BYTES", Outcome.FAIL, "256 MiB >= 256 MiB");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", null, null, 1)));
        pair.assertOnly("PF-LAG-BYTES", Outcome.UNKNOWN, "has not told its position");
    }

    @Test
    void a_delayed_standby_is_judged_on_what_is_safe_on_it() {
        pair.replicas = DeclaredReplicas.listed(List.of(Declared.delayed("standby-a", Duration.ofHours(1))));
        pair.standbys = Fact.of(List.of(new Standby(
                "standby-a",
                null,
                "streaming",
                "async",
                0L,
                900 * Healthy.MIB,
                Duration.ofHours(1),
                Duration.ofSeconds(1))));
        assertThat(pair.faults()).isEmpty();
    }

    @Test
    void time_lag_counts_only_while_bytes_are_behind() {
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 0L, Duration.ofSeconds(40), 1)));
        assertThat(pair.faults()).isEmpty();
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, Duration.ofSeconds(6), 1)));
        pair.assertOnly("PF-LAG-TIME", Outcome.WARN, "6 s >= 5 s");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, Duration.ofSeconds(40), 1)));
        pair.assertOnly("PF-LAG-TIME", Outcome.FAIL, "40 s >= 30 s");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, null, 60)));
        pair.assertOnly("PF-LAG-TIME", Outcome.UNKNOWN, "1 min ago > 20 s");
    }

    @Test
    void a_synchronous_quorum_needs_a_spare() {
        pair.syncNames = "ANY 1 (standby_a, standby_b)";
        pair.standbys = Fact.of(
                List.of(new Standby("standby-a", null, "streaming", "quorum", 0L, 0L, null, Duration.ofSeconds(1))));
        pair.assertOnly("PF-SYNC-STANDBY", Outcome.FAIL, "1 <= 1 needed");
    }

    @Test
    void an_inactive_slot_warns_and_fails_above_1_gib() {
        pair.slots = List.of(new Slot("old", false, false, "reserved", null, 5 * Healthy.MIB));
        pair.assertOnly("PF-SLOT-INACTIVE", Outcome.WARN, "slot old is inactive and keeps 5 MiB");
        pair.slots = List.of(new Slot("old", false, false, "extended", null, 2000 * Healthy.MIB));
        pair.assertOnly("PF-SLOT-INACTIVE", Outcome.FAIL, "> 1 GiB");
    }

    @Test
    void a_slot_that_is_lost_fails_and_one_without_room_for_twice_the_forecast_is_told() {
        pair.slots = List.of(new Slot("standby_a", false, true, "lost", null, null));
        pair.assertOnly("PF-SLOT-WAL-STATUS", Outcome.FAIL, "slot standby_a is lost");
        pair.slots = List.of(new Slot("standby_a", false, true, "reserved", 201 * Healthy.MIB, 0L));
        assertThat(pair.faults()).isEmpty();
        pair.slots = List.of(new Slot("standby_a", false, true, "reserved", 199 * Healthy.MIB, 0L));
        pair.assertOnly("PF-SLOT-WAL-STATUS", Outcome.WARN, "199 MiB");
    }

    @Test
    void archiving_that_fails_or_lags_by_more_than_42_segments_fails() {
        pair.archiver = new Archiver(true, true, "00000001 failed 3 s ago", 1);
        pair.assertOnly("PF-ARCHIVER", Outcome.FAIL, "failed 3 s ago");
        pair.archiver = new Archiver(true, false, "", 43);
        pair.assertOnly("PF-ARCHIVER", Outcome.FAIL, "43 > 42");
        pair.archiver = new Archiver(false, true, "once", 99);
        assertThat(pair.faults()).isEmpty();
    }
}
