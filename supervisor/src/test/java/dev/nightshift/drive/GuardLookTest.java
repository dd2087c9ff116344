package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.guards.reading.SlotRow;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardLookTest {

    private long seconds;
    private List<SlotRow> slots = List.of();
    private boolean away;

    @Test
    void a_primary_without_replicas_is_clear_when_nobody_said_what_to_expect() {
        GuardLook look = look(DeclaredReplicas.DISCOVER);

        assertThat(seen(look).judgement().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(seen(look).problems()).isEmpty();
    }

    @Test
    void a_slot_without_its_replica_is_not_taken_for_no_replica() {
        slots = List.of(new SlotRow("standby_a", false, false, "reserved", null, 100L, null));
        GuardLook.Seen seen = seen(look(DeclaredReplicas.DISCOVER));

        assertThat(seen.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(seen.problems()).singleElement().asString().contains("no replica is connected");
    }

    @Test
    void a_replica_that_the_plan_names_and_that_is_not_there_is_unknown_and_said() {
        GuardLook.Seen seen =
                seen(look(DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.REQUIRED)))));

        assertThat(seen.judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(seen.problems()).singleElement().asString().contains("standby-a");
    }

    @Test
    void a_database_that_does_not_answer_is_unknown_and_the_next_answer_counts() {
        GuardLook look = look(DeclaredReplicas.DISCOVER);
        seen(look);
        away = true;

        assertThat(seen(look).judgement().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(seen(look).judgement().findings().get(0).note()).contains("connection refused");
        away = false;
        assertThat(seen(look).judgement().verdict()).isEqualTo(Verdict.CLEAR);
    }

    private GuardLook look(DeclaredReplicas declared) {
        return new GuardLook(
                run -> away ? Future.failedFuture("connection refused") : Future.succeededFuture(sample()),
                declared,
                GuardSettings.DEFAULTS,
                () -> seconds * 1_000_000_000);
    }

    private GuardLook.Seen seen(GuardLook look) {
        seconds++;
        return look.look().result();
    }

    private Sample sample() {
        return new Sample(
                Instant.EPOCH.plusSeconds(seconds),
                seconds * 1_000_000_000,
                new Lsn(1000 + seconds),
                new ServerIdentity("1", 1, 5, "here", false),
                List.of(),
                slots,
                List.of(),
                List.of(),
                List.of());
    }
}
