package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbesTest extends Watching {

    private static final Limits LATENCY = new Limits(
            above(0.3), above(0.5).lasting(Duration.ofSeconds(10)), above(2).lasting(Duration.ofSeconds(20)));

    @Test
    void a_question_that_was_not_asked_yet_is_unknown_and_permits_nothing() {
        asks(LATENCY);
        calmSeconds(1);

        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(watch.judgement().permits()).isFalse();
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("it was not asked yet");
    }

    @Test
    void a_number_slows_at_once_and_holds_and_aborts_when_it_has_lasted() {
        asks(LATENCY);
        answers(0.4, 1);
        assertThat(reasons()).containsExactly("prometheus p99 0.4 > 0.3");
        answers(3, 10);
        assertThat(verdict()).isEqualTo(Verdict.SLOW);
        answers(3, 1);
        assertThat(reasons()).containsExactly("prometheus p99 3 > 0.5 for 10 s");
        answers(3, 10);
        assertThat(verdict()).isEqualTo(Verdict.ABORT);
    }

    @Test
    void a_hold_is_left_when_no_limit_was_crossed_three_times_in_a_row() {
        asks(LATENCY);
        answers(0.6, 12);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        answers(0.4, 9);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        answers(0.2, 2);
        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        answers(0.2, 1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void a_share_that_must_not_fall_can_be_left_although_it_cannot_be_many_times_its_limit() {
        asks(new Limits(null, new Limit(0.99, Duration.ZERO, Comparison.BELOW), null));
        answers(0.98, 1);
        assertThat(reasons()).containsExactly("prometheus p99 0.98 < 0.99");
        answers(0.995, 3);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void one_question_without_an_answer_is_unknown_and_three_in_a_row_hold() {
        asks(LATENCY);
        answers(0.1, 1);
        fails(1);
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        answers(0.1, 1);
        assertThat(verdict()).isEqualTo(Verdict.CLEAR);
        fails(1);
        fails(2);
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        fails(3);

        assertThat(verdict()).isEqualTo(Verdict.HOLD);
        assertThat(reasons()).containsExactly("prometheus p99 3 questions failed >= 3");
        assertThat(watch.judgement().findings().get(0).note()).isEqualTo("connection refused");
    }

    @Test
    void a_question_that_may_only_slow_does_not_hold_when_it_fails() {
        asks(new Limits(above(0.3), null, null));
        for (int failures = 1; failures < 9; failures++) {
            fails(failures);
        }

        assertThat(verdict()).isEqualTo(Verdict.SLOW);
    }

    @Test
    void a_number_that_is_none_is_unknown() {
        asks(LATENCY);
        answers(Double.NaN, 1);
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        answers(Double.POSITIVE_INFINITY, 1);
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void a_question_without_a_limit_is_no_guard() {
        assertThatThrownBy(() -> probe(Limits.NONE)).hasMessageContaining("at least one of slow, hold, abort");
    }

    private void asks(Limits limits) {
        GuardSettings settings = new GuardSettings(Map.of(), List.of(probe(limits)));
        watch = Watch.over(settings, pinned(world, DeclaredReplicas.DISCOVER));
    }

    private static Probe probe(Limits limits) {
        return new Probe(
                GuardKind.PROMETHEUS, "p99", "job:latency:p99", "http://localhost:9090", Duration.ofSeconds(1), limits);
    }

    private void answers(double value, int seconds) {
        world.readings.clear();
        world.readings.add(Reading.of("prometheus", "p99", value, world.now));
        calmSeconds(seconds);
    }

    private void fails(int inARow) {
        world.readings.clear();
        world.readings.add(Reading.unknown("prometheus", "p99", "connection refused", world.now));
        world.readings.add(Reading.of(Reading.failuresOf("prometheus"), "p99", inARow, world.now));
        calmSeconds(1);
    }

    private static Limit above(double value) {
        return new Limit(value, Duration.ZERO, Comparison.ABOVE);
    }
}
