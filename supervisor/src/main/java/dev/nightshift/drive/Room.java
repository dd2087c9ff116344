package dev.nightshift.drive;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.StatementClass;
import dev.nightshift.plan.Step;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Working;
import dev.nightshift.time.OpenTimes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sees to it that a step which cannot pause begins only where it will be done before the window closes: the permit says
 * up to which step it goes, and a run whose next step has to wait is held by its window.
 */
final class Room {

    private static final int ANY = Integer.MAX_VALUE;
    private static final int NONE = -1;

    private final Plan plan;
    private final Set<String> told = new HashSet<>();
    private List<Took> before = List.of();
    /** The step that the last permit did not go up to. */
    private int granted = NONE;
    /** A step that began under a permit is not called back when time runs short. */
    private int letIn = NONE;

    Room(Plan plan) {
        this.plan = plan;
    }

    /** A new worker begins, and with it every step that is not done. */
    void begins(List<Took> known) {
        before = known;
        granted = NONE;
        letIn = NONE;
    }

    /** How long steps took before. */
    List<Took> before() {
        return before;
    }

    /** The first step that would not be done before the window closes; empty when each would. */
    OptionalInt beforeStep(List<StepRecord> steps, OpenHours hours) {
        Optional<Duration> rest = hours.rest();
        return rest.isEmpty()
                ? OptionalInt.empty()
                : steps.stream()
                        .filter(step -> !isDone(step) && isTooLong(step, rest.get()))
                        .mapToInt(StepRecord::ordinal)
                        .findFirst();
    }

    /** A permit went out that goes up to {@code beforeStep}. */
    void granted(OptionalInt beforeStep) {
        granted = beforeStep.orElse(ANY);
    }

    /** Who is held by the window now, or no more. */
    List<RunEvent> events(RunState state, List<StepRecord> steps, OpenHours hours) {
        Optional<StepRecord> current = current(steps);
        current.filter(step -> step.state() == StepRecord.State.RUNNING && step.ordinal() < granted)
                .ifPresent(step -> letIn = step.ordinal());
        boolean held = state.holders().of(Holder.Kind.WINDOW).isPresent();
        if (!(state instanceof Working) && !(state instanceof Holding)) {
            return held && !hours.open() ? List.of(released()) : List.of();
        }
        Optional<StepRecord> waits = current.filter(
                step -> step.ordinal() != letIn && beforeStep(steps, hours).orElse(ANY) == step.ordinal());
        if (waits.isPresent()) {
            return held ? List.of() : List.of(hold(waits.get(), hours));
        }
        return held ? List.of(released()) : List.of();
    }

    /** Told once of each long step that begins although nobody knows how long it takes. */
    Optional<Event> line(List<StepRecord> steps, OpenHours hours) {
        return current(steps)
                .filter(step -> step.ordinal() == letIn
                        && step(step).statementClass() == StatementClass.CANCEL_ONLY
                        && step(step).inOnePiece()
                        && Forecast.of(step(step), before).isEmpty())
                .flatMap(step -> hours.rest()
                        .filter(rest -> told.add(step.name()))
                        .map(rest -> new Event(
                                "no-forecast",
                                step.name(),
                                "it begins with " + Unit.text(rest) + " left of the window; how long it takes is not"
                                        + " known: no `expected` in its plan, and it never ran before")));
    }

    private RunEvent hold(StepRecord waiting, OpenHours hours) {
        Forecast forecast = Forecast.of(step(waiting), before).orElseThrow();
        boolean ever = OpenTimes.fit(hours.window(), hours.closes().orElseThrow(), forecast.takes())
                .isPresent();
        String reason = "step " + waiting.name() + " takes " + forecast.words() + " > "
                + Unit.text(hours.rest().orElseThrow()) + " left of the window; "
                + (ever
                        ? "it waits for the next one"
                        : "no window is that long: abort, and give the plan a longer one");
        return new RunEvent.Held(new Holder(Holder.Kind.WINDOW, "window", reason));
    }

    private static RunEvent released() {
        return new RunEvent.Released(Holder.Kind.WINDOW, "window");
    }

    private boolean isTooLong(StepRecord record, Duration rest) {
        return step(record).inOnePiece()
                && Forecast.of(step(record), before)
                        .filter(forecast -> forecast.takes().compareTo(rest) > 0)
                        .isPresent();
    }

    private static Optional<StepRecord> current(List<StepRecord> steps) {
        return steps.stream().filter(step -> !isDone(step)).findFirst();
    }

    /** The abort plan waits for no window. */
    private static boolean isDone(StepRecord step) {
        return step.abort() || step.state() == StepRecord.State.DONE;
    }

    private Step step(StepRecord record) {
        return plan.steps().get(record.ordinal());
    }
}
