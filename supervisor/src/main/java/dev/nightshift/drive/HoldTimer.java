package dev.nightshift.drive;

import dev.nightshift.run.Holding;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells people of a hold that lasts, and sends the worker away when it lasts too long. */
final class HoldTimer {

    private static final Duration TELL = Duration.ofMinutes(15);
    private static final Duration PARK = Duration.ofMinutes(60);

    private boolean holding;
    private boolean told;
    private long since;

    void see(RunState state, long nanos) {
        if (!(state instanceof Holding)) {
            holding = false;
            told = false;
        } else if (!holding) {
            holding = true;
            since = nanos;
        }
    }

    List<RunEvent> events(long nanos) {
        return holding && nanos - since >= PARK.toNanos() ? List.of(new RunEvent.LongHold()) : List.of();
    }

    Optional<Event> line(RunState state, long nanos) {
        if (!holding || told || nanos - since < TELL.toNanos()) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(new Event("long-hold", "", "on hold for 15 min: " + state.holders()));
    }
}
