package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WindowTimerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
    private static final Instant CLOSES = NOW.plus(Duration.ofHours(1));

    private final WindowTimer timer = new WindowTimer();

    @Test
    void a_window_that_ends_too_soon_is_told_once_it_has_looked_so_for_five_minutes_and_once_only() {
        assertThat(line(0, 100)).isEmpty();
        assertThat(line(4, 100)).isEmpty();
        assertThat(line(5, 100))
                .hasValueSatisfying(event -> assertThat(event.kind() + " " + event.message())
                        .startsWith("window-ending the step needs ")
                        .endsWith("left of the window at its present speed; the run parks then"));
        assertThat(line(6, 100)).isEmpty();
    }

    @Test
    void a_step_that_is_slow_for_a_moment_is_not_told() {
        for (int minute = 0; minute < 30; minute++) {
            assertThat(line(minute, minute % 3 == 0 ? 100_000 : 100)).isEmpty();
        }
    }

    @Test
    void nothing_is_told_of_what_does_not_work_or_has_no_window() {
        for (int minute = 0; minute < 30; minute++) {
            assertThat(timer.line(new Holding(Holders.NONE), report(100), Optional.of(CLOSES), at(minute)))
                    .isEmpty();
            assertThat(timer.line(new Working(), report(100), Optional.empty(), at(minute)))
                    .isEmpty();
        }
    }

    private Optional<Event> line(int minute, double rate) {
        RunState working = new Working();
        return timer.line(working, report(rate), Optional.of(CLOSES), at(minute));
    }

    private static Instant at(int minute) {
        return NOW.plus(Duration.ofMinutes(minute));
    }

    private static Report report(double rate) {
        StepRecord step = new StepRecord(
                0,
                false,
                "fill",
                "backfill",
                "pausable",
                StepRecord.State.RUNNING,
                OptionalLong.of(3_000_000),
                0,
                0,
                0,
                "",
                Optional.empty());
        Heartbeat beat = new Heartbeat(1, "desk", 7, Duration.ofSeconds(1), "fill", new WorkPace(rate, 0, 500, 100));
        return Reports.of(Optional.of(beat), List.of(step), Optional.empty());
    }
}
