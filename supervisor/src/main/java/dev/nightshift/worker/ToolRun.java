package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.ToolSessions.Sight;
import dev.nightshift.worker.ToolStop.Why;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One start of a tool, looked after until it and its sessions are gone. */
final class ToolRun {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final ExternalStep step;
    private final Workplace place;
    private final Stop own;
    private final ToolSessions.Watch watch;
    private final ToolOutput output = new ToolOutput();
    private final long started = System.nanoTime();
    private @Nullable ToolStop stop;

    ToolRun(ExternalStep step, Workplace place, Stop own, ToolSessions.Watch watch) {
        this.step = step;
        this.place = place;
        this.own = own;
        this.watch = watch;
    }

    /** Returns when it has ended; whether its sessions are gone too, {@code watch} tells. */
    ToolEnd untilEnd(Tools tools) {
        place.pulse().now("starts " + step.tool());
        try (Tools.Running tool = tools.start(step, watch.name(), output::line)) {
            note("tool", "started: " + step.tool());
            while (true) {
                Optional<Tools.Ended> ended = tool.end(LOOK);
                if (ended.isPresent()) {
                    return end(ended.get());
                }
                attend(tool);
            }
        }
    }

    private void attend(Tools.Running tool) {
        Sight sight = sight(tool);
        if (stop == null) {
            stop = reasonToStop(sight);
        }
        if (stop != null) {
            press(stop, tool);
        }
        if (!isSuperseded()) {
            say(sight);
            tell(output.piece(System.nanoTime() / 1_000_000));
        }
    }

    /** While the database is away it can only be waited for; the heartbeat tells when that is too long. */
    private Sight sight(Tools.Running tool) {
        if (own.reason().filter(Stop.Reason.SUPERSEDED::equals).isPresent()) {
            return Sight.NOTHING;
        }
        try {
            return watch.look(tool.connections());
        } catch (Trouble away) {
            return Sight.NOTHING;
        }
    }

    private @Nullable ToolStop reasonToStop(Sight sight) {
        Optional<Stop.Reason> asked = own.reason();
        if (asked.isPresent()) {
            return new ToolStop(Why.of(asked.get()), words(asked.get()));
        }
        if (!sight.inTheWayOf().isEmpty()) {
            return new ToolStop(Why.IN_THE_WAY, "others waited for it: " + sight.inTheWayOf());
        }
        if (!sight.held().isEmpty() && step.limits().heldBack() && place.mandate() == Mandate.WORK) {
            return new ToolStop(Why.HELD, "the run is held: " + String.join("; ", sight.held()));
        }
        return took().compareTo(step.limits().timeout()) > 0
                ? new ToolStop(
                        Why.TOO_LONG,
                        "it took longer than its `timeout` of "
                                + step.limits().timeout().toSeconds() + " s")
                : null;
    }

    private static String words(Stop.Reason reason) {
        return switch (reason) {
            case LEAVE -> "the worker was asked to leave";
            case SUPERSEDED -> "somebody else took the run over";
            case UNSUPERVISED -> "nobody has supervised it for too long";
            case TIME_OVER -> "the time for it was over";
        };
    }

    private void press(ToolStop reason, Tools.Running tool) {
        try {
            reason.press(tool, watch);
        } catch (Trouble away) {
            // Its processes end all the same; the next look tries again.
            place.pulse().now("stops " + step.name() + ": " + away.explanation().what());
        }
    }

    private void say(Sight sight) {
        ToolStop now = stop;
        String doing = now == null ? "runs " + step.name() : "stops " + step.name() + ", since " + now.reason();
        String waits = sight.waitsFor().isEmpty() ? "" : ", waits for " + sight.waitsFor();
        String said = output.last().isEmpty() ? "" : ": " + output.last();
        place.pulse()
                .now(doing + " for " + took().toSeconds() + " s, "
                        + (sight.sessions() == 1 ? "1 session" : sight.sessions() + " sessions") + waits + said);
    }

    private ToolEnd end(Tools.Ended ended) {
        String last = output.last();
        if (!isSuperseded()) {
            tell(output.rest());
        }
        ToolStop was = stop;
        ToolEnd end = new ToolEnd(
                ended,
                took(),
                Optional.ofNullable(was).map(ToolStop::why),
                was == null ? "" : was.reason(),
                ended.status().isEmpty() || (was != null && was.forced()),
                last);
        if (!isSuperseded()) {
            note("tool", end.words());
        }
        return end;
    }

    private boolean isSuperseded() {
        return stop != null && stop.why() == Why.SUPERSEDED;
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            note("output", piece);
        }
    }

    private void note(String kind, String message) {
        try {
            watch.note(kind, message);
        } catch (Trouble away) {
            // The history lacks a line; what counts is in the step's row.
            place.pulse().now("cannot write the history: " + away.explanation().what());
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
