package dev.nightshift.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Time in which the run was slowed or held, with the reason that stands in the journal. */
record Interruption(Kind kind, Instant from, Instant until, String reason) {

    enum Kind {
        SLOWED,
        HELD
    }

    /** A line of the run's history. */
    record Event(Instant at, String kind, String subject, String message) {}

    Duration length() {
        return Duration.between(from, until);
    }

    /** Reads the interruptions out of a run's history, which ended at {@code end}. */
    static List<Interruption> in(List<Event> history, Instant end) {
        List<Interruption> found = new ArrayList<>();
        Event slowed = null;
        Event held = null;
        for (Event event : history) {
            switch (event.kind()) {
                case "slowed" -> slowed = slowed == null ? event : slowed;
                case "held" -> {
                    held = held == null ? event : held;
                    slowed = close(Kind.SLOWED, slowed, event.at(), found);
                }
                case "full-pace" -> slowed = close(Kind.SLOWED, slowed, event.at(), found);
                case "released" ->
                    held = event.message().contains("still held") ? held : close(Kind.HELD, held, event.at(), found);
                case "state" -> {
                    if (!event.subject().equals("working") && !event.subject().equals("holding")) {
                        slowed = close(Kind.SLOWED, slowed, event.at(), found);
                        held = close(Kind.HELD, held, event.at(), found);
                    }
                }
                default -> {}
            }
        }
        close(Kind.SLOWED, slowed, end, found);
        close(Kind.HELD, held, end, found);
        return found;
    }

    private static @Nullable Event close(Kind kind, @Nullable Event begin, Instant at, List<Interruption> found) {
        Optional.ofNullable(begin)
                .ifPresent(event -> found.add(new Interruption(kind, event.at(), at, event.message())));
        return null;
    }
}
