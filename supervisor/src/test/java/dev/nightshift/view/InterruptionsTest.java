package dev.nightshift.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionsTest {

    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

    private final List<EventView> events = new ArrayList<>();

    @Test
    void slowing_ends_at_full_pace_and_the_same_reason_adds_up() {
        at(10, "slowed", "standby-a", "replica lag standby-a 2.3 s > 2 s");
        at(14, "full-pace", "standby-a", "unlimited of WAL");
        at(20, "slowed", "standby-a", "replica lag standby-a 4 min 10 s > 2 s");
        at(30, "full-pace", "standby-a", "unlimited of WAL");

        assertThat(read(60)).containsExactly("slowed 14 s 2 times: replica lag standby-a > 2 s");
    }

    @Test
    void a_hold_ends_the_slowing_and_counts_by_itself() {
        at(10, "slowed", "standby-a", "replica bytes standby-a 80 MB > 64 MiB");
        at(20, "held", "guard", "replica lag standby-a 5.4 s > 5 s; slot s1 80 % >= 75 % (grows)");
        at(50, "released", "guard", "by guards");

        assertThat(read(60))
                .containsExactly(
                        "held 30 s 1 times: replica lag standby-a > 5 s; slot s1 >= 75 % (grows)",
                        "slowed 10 s 1 times: replica bytes standby-a > 64 MiB");
    }

    @Test
    void holders_of_different_kinds_hold_side_by_side() {
        at(10, "held", "operator", "ann@desk: deploy");
        at(20, "held", "guard", "replica missing standby-a 12 s > 0 s");
        at(30, "released", "operator", "by ann@desk; still held by guard");
        at(40, "released", "guard", "by guards");

        assertThat(read(60))
                .containsExactlyInAnyOrder(
                        "held 20 s 1 times: operator: ann@desk: deploy",
                        "held 20 s 1 times: replica missing standby-a > 0 s");
    }

    @Test
    void the_end_of_the_work_or_now_closes_what_is_open() {
        at(10, "held", "guard", "sync wait 2 s >= 1 s");
        at(25, "state", "aborting", "guards: sync wait");
        at(40, "slowed", "", "slot s1 60 % >= 50 %");

        assertThat(read(60))
                .containsExactlyInAnyOrder(
                        "held 15 s 1 times: sync wait >= 1 s", "slowed 20 s 1 times: slot s1 >= 50 %");
    }

    private void at(int second, String kind, String subject, String message) {
        events.add(new EventView(events.size(), START.plusSeconds(second), kind, subject, message));
    }

    private List<String> read(int end) {
        return Interruptions.of(events, START.plusSeconds(end)).stream()
                .map(i -> i.kind() + " " + Quantity.time(i.took()) + " " + i.times() + " times: " + i.reason())
                .toList();
    }
}
