package dev.nightshift.metrics;

import dev.nightshift.drive.Past;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunState;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Which state a run is in, who holds it, and how the plan's runs end. */
final class StateMetrics {

    static final List<String> STATES = List.of(
            "planned",
            "waiting",
            "preflight",
            "backup",
            "working",
            "holding",
            "parked",
            "finishing",
            "succeeded",
            "aborting",
            "aborted",
            "abort-incomplete",
            "failed",
            "unclear");
    private static final List<String> OUTCOMES =
            List.of("succeeded", "aborted", "abort-incomplete", "failed", "unclear");

    private final Map<String, DoubleConsumer> states = new LinkedHashMap<>();
    private final Map<String, Count> outcomes = new LinkedHashMap<>();
    private final Map<Holder.Kind, DoubleConsumer> holders = new EnumMap<>(Holder.Kind.class);
    private final Tally held;
    private final DoubleConsumer lastSuccess;
    private String before = "";

    StateMetrics(Board board) {
        STATES.forEach(state -> states.put(state, board.gauge("run.state", "1 for the run's state", "state", state)));
        OUTCOMES.forEach(
                word -> outcomes.put(word, board.count("runs", "Runs of the plan that came to this", "outcome", word)));
        held = board.tally("hold.seconds", "Time on hold while this process supervised");
        for (Holder.Kind kind : Holder.Kind.values()) {
            holders.put(kind, board.gauge("holders", "1 while this kind holds the run", "holder", word(kind)));
            held.announce("holder", word(kind));
        }
        lastSuccess = board.gauge("run.last.success.timestamp.seconds", "When a run of the plan succeeded last");
    }

    void see(Past past) {
        show(past.run().state());
        before = past.run().state().word();
        outcomes.forEach((word, count) -> count.atLeast(past.runs().states().getOrDefault(word, 0L)));
        past.runs().lastSuccess().ifPresent(at -> lastSuccess.accept(Board.epoch(at)));
    }

    void see(Tick tick, double seconds) {
        RunState state = tick.run().state();
        show(state);
        holders.keySet().forEach(kind -> {
            boolean holds = state.holders().of(kind).isPresent();
            held.add(holds ? seconds : 0, "holder", word(kind));
        });
        if (!before.equals(state.word())) {
            entered(tick, state.word());
            before = state.word();
        }
    }

    private void show(RunState state) {
        states.forEach((word, gauge) -> gauge.accept(word.equals(state.word()) ? 1 : 0));
        holders.forEach((kind, gauge) -> gauge.accept(state.holders().of(kind).isPresent() ? 1 : 0));
    }

    private void entered(Tick tick, String word) {
        if (outcomes.containsKey(word)) {
            outcomes.get(word).add(1);
        }
        if (word.equals("succeeded")) {
            lastSuccess.accept(Board.epoch(tick.at()));
        }
    }

    static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
