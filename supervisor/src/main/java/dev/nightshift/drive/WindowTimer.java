package dev.nightshift.drive;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.RunState;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells people, once a window, that it closes before the step at hand is done; a step that is slow for a moment is not told. */
final class WindowTimer {

    private static final Duration LASTS = Duration.ofMinutes(5);
    private static final Duration ALIVE = Duration.ofSeconds(10);

    private @Nullable Instant told;
    private @Nullable Instant since;

    /** @param closes when the window does; empty when it is closed or never does */
    Optional<Event> line(RunState state, Report report, Optional<Instant> closes, Instant now) {
        Optional<Duration> needs = state instanceof Working ? needs(report) : Optional.empty();
        Optional<Instant> end = closes.filter(
                at -> needs.filter(time -> now.plus(time).isAfter(at)).isPresent());
        if (end.isEmpty()) {
            since = null;
            return Optional.empty();
        }
        Instant began = since == null ? now : since;
        since = began;
        if (end.get().equals(told) || Duration.between(began, now).compareTo(LASTS) < 0) {
            return Optional.empty();
        }
        told = end.get();
        return needs.map(time -> new Event(
                "window-ending",
                "",
                "the step needs " + Unit.text(time) + " > " + Unit.text(Duration.between(now, end.get()))
                        + " left of the window at its present speed; the run parks then"));
    }

    private static Optional<Duration> needs(Report report) {
        double rate = report.heartbeat()
                .filter(beat -> beat.age().compareTo(ALIVE) < 0)
                .map(Heartbeat::pace)
                .map(WorkPace::rowsPerSecond)
                .orElse(0.0);
        return report.steps().stream()
                .flatMap(step -> step.remaining(rate).stream())
                .findFirst();
    }
}
