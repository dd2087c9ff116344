package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.PinnedReplica;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardWatchTest {

    private static final ServerIdentity SERVER = new ServerIdentity("1", 1, 5, "here", false);
    private static final PinnedReplica STANDBY =
            new PinnedReplica("standby-a", ReplicaClass.REQUIRED, Duration.ZERO, "standby_a", "standby-a", null, null);

    private final GuardWatch watch = new GuardWatch(GuardSettings.DEFAULTS);
    private RunState state = new Working();
    private long seconds;

    @Test
    void a_guard_that_joins_a_hold_is_told_once() {
        watch.pin(
                new ReplicaSet(SERVER, List.of(STANDBY), Map.of("standby_a", ReplicaClass.REQUIRED), false, List.of()));

        assertThat(reasonsAfter("reserved")).singleElement().asString().contains("replica missing standby-a gone");
        assertThat(reasonsAfter("reserved")).isEmpty();
        assertThat(reasonsAfter("lost")).singleElement().asString().contains("slot", "lost");
        assertThat(reasonsAfter("lost")).isEmpty();
    }

    @Test
    void an_abort_plan_may_write_what_a_permit_would_allow_and_nothing_on_old_readings() {
        Duration fresh = Duration.ofSeconds(5);
        watch.pin(new ReplicaSet(SERVER, List.of(), Map.of(), true, List.of()));
        assertThat(watch.allowance(0, fresh).rate()).isZero();

        see(List.of());
        assertThat(watch.allowance(second(0), fresh))
                .isEqualTo(Allowance.of(watch.judgement().pace().rate()));
        assertThat(watch.allowance(second(0), fresh).rate()).isPositive();
        assertThat(watch.allowance(second(5), fresh).rate()).isPositive();
        assertThat(watch.allowance(second(6), fresh)).isEqualTo(Allowance.none("the guards saw nothing for 6 s"));

        watch.missed(second(1), "no answer");
        assertThat(watch.allowance(second(1), fresh).rate()).isZero();
    }

    @Test
    void while_a_replica_is_missing_an_abort_plan_may_write_nothing_and_says_why() {
        watch.pin(
                new ReplicaSet(SERVER, List.of(STANDBY), Map.of("standby_a", ReplicaClass.REQUIRED), false, List.of()));
        reasonsAfter("reserved");

        Allowance allowed = watch.allowance(second(0), Duration.ofSeconds(5));

        assertThat(allowed.rate()).isZero();
        assertThat(allowed.why()).contains("replica missing standby-a gone");
    }

    /** So long after the last sample. */
    private long second(long later) {
        return (seconds + later) * 1_000_000_000;
    }

    /** Holds that begin with a sample without the standby, whose slot has this status. */
    private List<String> reasonsAfter(String walStatus) {
        see(List.of(new SlotRow("standby_a", false, false, walStatus, null, 100L, null)));
        List<RunEvent.Held> held =
                watch.events(state).stream().map(event -> (RunEvent.Held) event).toList();
        held.forEach(event -> state = new Holding(Holders.NONE.with(event.holder())));
        return held.stream().map(event -> event.holder().reason()).toList();
    }

    /** A second later, nothing but these slots. */
    private void see(List<SlotRow> slots) {
        seconds++;
        watch.observe(new Sample(
                Instant.EPOCH.plusSeconds(seconds),
                second(0),
                new Lsn(1000),
                SERVER,
                List.of(),
                slots,
                List.of(),
                List.of(),
                List.of()));
    }
}
