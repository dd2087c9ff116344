package dev.nightshift.metrics;

import dev.nightshift.drive.Past;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.Cause;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** Aborts: who started them, how long the last one took, and which of its steps could not be done. */
final class AbortMetrics {

    private static final Set<String> STATES = Set.of("aborting", "aborted", "abort-incomplete");

    private final Board board;
    private final Map<Cause.Kind, Count> aborts = new EnumMap<>(Cause.Kind.class);
    private final Map<String, Count> failures = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final DoubleConsumer took;
    private String before = "";
    private Optional<Instant> since = Optional.empty();

    AbortMetrics(Board board) {
        this.board = board;
        for (Cause.Kind kind : Cause.Kind.values()) {
            String trigger = StateMetrics.word(kind);
            aborts.put(kind, board.count("aborts", "Aborts of the plan that were begun", "trigger", trigger));
        }
        took = board.gauge("abort.duration.seconds", "From its beginning to its end, of the last abort seen here");
    }

    void see(Past past) {
        aborts.forEach((kind, count) -> count.atLeast(past.runs().aborts().getOrDefault(kind, 0L)));
        before = past.run().state().word();
        since = before.equals("aborting") ? Optional.of(past.movedAt()) : Optional.empty();
        see(past.steps());
    }

    void see(Tick tick) {
        RunState state = tick.run().state();
        String word = state.word();
        if (!word.equals(before)) {
            Cause.of(state).filter(cause -> !STATES.contains(before)).ifPresent(cause -> count(cause.kind()));
            since.ifPresent(
                    begun -> took.accept(Duration.between(begun, tick.at()).toMillis() / 1000.0));
            since = word.equals("aborting") ? Optional.of(tick.at()) : Optional.empty();
            before = word;
        }
        see(tick.report().steps());
    }

    private void count(Cause.Kind kind) {
        Count count = aborts.get(kind);
        if (count != null) {
            count.add(1);
        }
    }

    private void see(List<StepRecord> steps) {
        for (StepRecord step : steps) {
            if (step.abort()) {
                Count count = failures.computeIfAbsent(step.name(), this::announced);
                boolean now = step.state() == StepRecord.State.FAILED;
                if (!now) {
                    failed.remove(step.name());
                } else if (failed.add(step.name())) {
                    count.add(1);
                }
            }
        }
    }

    private Count announced(String step) {
        return board.count("abort.step.failures", "How often a step of the abort plan could not be done", "step", step);
    }
}
