package dev.nightshift.announce;

import static dev.nightshift.plan.Happening.COMMAND;
import static dev.nightshift.plan.Happening.FAILED;
import static dev.nightshift.plan.Happening.HELD;
import static dev.nightshift.plan.Happening.RELEASED;
import static dev.nightshift.plan.Happening.SLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldingTest {

    private static final RunId RUN = new RunId("7f3kmq");
    private static final Instant NOW = Instant.parse("2026-03-02T01:31:14Z");

    private final Receiver usual = Receivers.of(Duration.ZERO, Happening.USUAL);
    private final List<Occurrence> fresh = new ArrayList<>();
    private int flaps;

    @Test
    void each_happening_is_told_by_itself_and_what_nobody_wants_is_not() {
        happened(-9, SLOWED, "working");
        happened(-8, COMMAND, "working");
        happened(-7, HELD, "holding");
        happened(-6, RELEASED, "working");
        happened(-5, FAILED, "failed");

        Decision decision = decide(usual);

        assertThat(told(decision)).containsExactly("[2]", "[3]", "[4]", "[5]");
        assertThat(decision.passedOver()).isEmpty();
        assertThat(decision.upto()).isEqualTo(5);
    }

    @Test
    void a_run_that_goes_on_and_off_is_told_of_twice_a_minute_and_then_in_one_with_the_count() {
        flaps = 2;
        for (int i = 0; i < 6; i++) {
            happened(-20 + i, i % 2 == 0 ? HELD : RELEASED, i % 2 == 0 ? "holding" : "working");
        }

        Decision waits = decide(usual);
        flaps = 1;
        Decision told = decide(usual);

        assertThat(told(waits)).isEmpty();
        assertThat(waits.upto()).as("nothing that waits is left behind").isZero();
        assertThat(told(told)).containsExactly("[1, 2, 3, 4, 5, 6]");
        assertThat(told.messages().get(0).last().happening()).isEqualTo(RELEASED);
        assertThat(told.upto()).isEqualTo(6);
    }

    @Test
    void what_waits_is_told_before_whatever_else_happens_to_the_run() {
        flaps = 2;
        happened(-9, HELD, "holding");
        happened(-8, RELEASED, "working");
        happened(-7, FAILED, "failed");

        assertThat(told(decide(usual))).containsExactly("[1, 2]", "[3]");
    }

    @Test
    void a_hold_is_told_once_it_has_lasted() {
        Receiver patient = Receivers.of(Duration.ofSeconds(60), Happening.USUAL);
        happened(-30, HELD, "holding");
        happened(-20, COMMAND, "holding");

        Decision young = decide(patient);
        assertThat(told(young)).containsExactly("[2]");
        assertThat(young.upto()).isZero();

        fresh.set(0, new Occurrence(1, RUN, NOW.minusSeconds(61), HELD, "holding"));
        assertThat(told(decide(patient))).containsExactly("[1]", "[2]");
    }

    @Test
    void a_hold_that_was_over_soon_is_passed_over_with_its_end_and_one_that_lasted_is_not() {
        Receiver patient = Receivers.of(Duration.ofSeconds(60), Happening.USUAL);
        happened(-500, HELD, "holding");
        happened(-490, RELEASED, "working");
        happened(-400, HELD, "holding");
        happened(-300, RELEASED, "working");

        Decision decision = decide(patient);

        assertThat(told(decision)).containsExactly("[3]", "[4]");
        assertThat(decision.passedOver()).extracting(Occurrence::id).containsExactly(1L, 2L);
        assertThat(decision.upto()).isEqualTo(4);
    }

    @Test
    void a_hold_that_ends_in_a_failure_is_passed_over_and_the_failure_is_told_at_once() {
        happened(-30, HELD, "holding");
        happened(-20, FAILED, "failed");

        Decision decision = decide(Receivers.of(Duration.ofSeconds(60), Happening.USUAL));

        assertThat(told(decision)).containsExactly("[2]");
        assertThat(decision.passedOver()).extracting(Occurrence::id).containsExactly(1L);
    }

    @Test
    void runs_do_not_wait_for_each_other() {
        flaps = 2;
        happened(-9, HELD, "holding");
        fresh.add(new Occurrence(2, new RunId("aaaaaa"), NOW.minusSeconds(5), HELD, "holding"));

        Decision decision = decide(usual);

        assertThat(told(decision)).containsExactly("[2]");
        assertThat(decision.upto()).isZero();
    }

    @Test
    void a_failed_backup_and_a_question_are_told_to_who_asked_for_failures_and_holds() {
        happened(-9, Happening.BACKUP_FAILED, "failed");
        happened(-8, Happening.APPROVAL, "holding");

        assertThat(told(decide(Receivers.of(Duration.ZERO, Set.of(FAILED, HELD)))))
                .containsExactly("[1]", "[2]");
        assertThat(told(decide(Receivers.of(Duration.ZERO, Set.of(COMMAND))))).isEmpty();
    }

    @Test
    void lines_of_a_history_are_recognized() {
        assertThat(Occurrence.of("state", "failed", "no space", false)).contains(FAILED);
        assertThat(Occurrence.of("state", "failed", "no space", true)).contains(Happening.BACKUP_FAILED);
        assertThat(Occurrence.of("state", "abort-incomplete", "left to do", false))
                .contains(Happening.ABORT_INCOMPLETE);
        assertThat(Occurrence.of("state", "working", "taken over", false)).contains(Happening.TAKEN_OVER);
        assertThat(Occurrence.of("held", "guard", "replica lag", false)).contains(HELD);
        assertThat(Occurrence.of("held", "approval", "contract", false)).contains(Happening.APPROVAL);
        assertThat(Occurrence.of("command", "pause", "ann", false)).contains(COMMAND);
        assertThat(Occurrence.of("not-told", "ops", "HTTP 503", false)).isEmpty();
        assertThat(Occurrence.of("failed", "", "of another meaning", false)).isEmpty();
    }

    private void happened(long seconds, Happening happening, String state) {
        fresh.add(new Occurrence(fresh.size() + 1, RUN, NOW.plusSeconds(seconds), happening, state));
    }

    private Decision decide(Receiver receiver) {
        return Folding.of(receiver, new Sight(NOW, 0, fresh, Map.of(RUN, flaps), List.of()));
    }

    private static List<String> told(Decision decision) {
        return decision.messages().stream()
                .map(message ->
                        message.all().stream().map(Occurrence::id).toList().toString())
                .toList();
    }
}
