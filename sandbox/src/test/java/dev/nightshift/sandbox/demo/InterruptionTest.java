package dev.nightshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
    private static final Instant START = Instant.parse("2026-01-01T02:00:00Z");

    @Test
    void a_throttle_that_becomes_a_hold_is_two_interruptions() {
        List<Interruption> found = Interruption.in(
                List.of(
                        event(1, "state", "working", "worker started"),
                        event(10, "slowed", "standby-a", "replica lag standby-a 1.2 s > 1 s"),
                        event(13, "held", "guard", "replica lag standby-a 3.1 s > 3 s"),
                        event(13, "state", "holding", "held"),
                        event(20, "released", "guard", "by guards"),
                        event(25, "slowed", "standby-a", "replica bytes standby-a 3 MB > 2 MB"),
                        event(26, "full-pace", "standby-a", "2 MB/s of WAL")),
                at(30));

        assertThat(found)
                .extracting(Interruption::kind, Interruption::length, Interruption::reason)
                .containsExactly(
                        tuple(Interruption.Kind.SLOWED, Duration.ofSeconds(3), "replica lag standby-a 1.2 s > 1 s"),
                        tuple(Interruption.Kind.HELD, Duration.ofSeconds(7), "replica lag standby-a 3.1 s > 3 s"),
                        tuple(Interruption.Kind.SLOWED, Duration.ofSeconds(1), "replica bytes standby-a 3 MB > 2 MB"));
    }

    @Test
    void a_hold_ends_only_when_nobody_holds_any_more() {
        List<Interruption> found = Interruption.in(
                List.of(
                        event(1, "held", "guard", "lag"),
                        event(2, "held", "operator", "pause"),
                        event(5, "released", "guard", "by guards; still held by operator"),
                        event(9, "released", "operator", "by operator")),
                at(30));

        assertThat(found).singleElement().satisfies(held -> {
            assertThat(held.length()).isEqualTo(Duration.ofSeconds(8));
            assertThat(held.reason()).isEqualTo("lag");
        });
    }

    @Test
    void an_abort_or_the_end_of_the_run_ends_what_is_open() {
        assertThat(Interruption.in(
                        List.of(event(1, "held", "guard", "lag"), event(4, "state", "aborting", "replica-lag")),
                        at(30)))
                .singleElement()
                .satisfies(held -> assertThat(held.until()).isEqualTo(at(4)));
        assertThat(Interruption.in(List.of(event(1, "slowed", "standby-a", "lag")), at(30)))
                .singleElement()
                .satisfies(slowed -> assertThat(slowed.until()).isEqualTo(at(30)));
    }

    private static Interruption.Event event(int second, String kind, String subject, String message) {
        return new Interruption.Event(at(second), kind, subject, message);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
