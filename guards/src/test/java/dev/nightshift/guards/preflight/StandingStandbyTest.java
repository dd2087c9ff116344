package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Replication.Standby;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingStandbyTest {

    private final Healthy pair = new Healthy();

    @Test
    void a_standby_that_stands_still_has_to_be_declared_as_delayed() {
        pair.standbys = Fact.of(List.of(new Standby(
                "standby-a",
                null,
                "streaming",
                "async",
                0L,
                5 * Healthy.MIB,
                Duration.ofSeconds(40),
                Duration.ofSeconds(1))));
        pair.standing = List.of("standby-a");
        pair.assertOnly("PF-DELAYED-STANDBY", Outcome.FAIL, "standby-a has 5 MiB of WAL that it does not replay");
        pair.replicas = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.BEST_EFFORT)));
        pair.assertOnly("PF-DELAYED-STANDBY", Outcome.WARN, "standby-a has 5 MiB");
        pair.replicas = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.DELAYED)));
        assertThat(pair.faults()).isEmpty();
        pair.withoutFeedback = List.of("standby-a");
        assertThat(pair.seen(PreflightCheck.DELAYED_STANDBY))
                .contains("replays late, as declared", "hot_standby_feedback is off on standby-a");
    }
}
