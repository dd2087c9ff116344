package dev.nightshift.drive;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a step that cannot pause will take, never guessed: its plan says it, or it ran before.
 *
 * @param source why that is expected, in words
 */
public record Forecast(Duration takes, String source) {

    /** Tables grow and nights differ: what was measured counts for half as much again. */
    private static final double SPARE = 1.5;

    /** Empty when nobody knows. What was seen to be too short does not count, even if the plan says it. */
    public static Optional<Forecast> of(Step step, List<Took> before) {
        Optional<Forecast> cutOff = before.stream()
                .filter(took -> took.step().equals(step.name()) && !took.whole())
                .findFirst()
                .map(took -> measured(took, "it was cut off after " + Unit.text(took.time())));
        Optional<Forecast> known = step.expected()
                .map(most -> new Forecast(most, "by its plan"))
                .or(() -> before.stream()
                        .filter(took -> took.step().equals(step.name()) && took.whole())
                        .findFirst()
                        .map(took -> measured(took, "it took " + Unit.text(took.time()) + " in run " + took.run())));
        return cutOff.filter(least -> known.isEmpty() || known.get().takes().compareTo(least.takes()) < 0)
                .or(() -> known);
    }

    private static Forecast measured(Took took, String how) {
        Duration spared = Duration.ofMillis(Math.round(took.time().toMillis() * SPARE));
        return new Forecast(spared, how + ", and half as much again");
    }

    /** {@code 40 min (by its plan)}. */
    public String words() {
        return Unit.text(takes) + " (" + source + ")";
    }
}
