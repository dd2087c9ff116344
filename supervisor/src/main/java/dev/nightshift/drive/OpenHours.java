package dev.nightshift.drive;

import dev.nightshift.run.Freeze;
import dev.nightshift.run.RunEvent;
import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a run may work at an instant: its window is open, and its database is not frozen.
 *
 * @param freezes those that are on
 */
record OpenHours(Window window, Instant now, List<Freeze> freezes) {

    OpenHours {
        freezes = List.copyOf(freezes);
    }

    boolean open() {
        return freezes.isEmpty() && window.isOpen(now);
    }

    /** When it closes; empty when it is closed or never does. */
    Optional<Instant> closes() {
        return freezes.isEmpty() ? window.closesAt(now) : Optional.empty();
    }

    /** How long it stays open; empty when it is closed or never closes. */
    Optional<Duration> rest() {
        return closes().map(at -> Duration.between(now, at));
    }

    RunEvent event() {
        if (open()) {
            return new RunEvent.WindowOpened();
        }
        return freezes.isEmpty()
                ? new RunEvent.WindowClosed()
                : new RunEvent.WindowClosed(freezes.stream().map(Freeze::words).collect(Collectors.joining("; ")));
    }
}
