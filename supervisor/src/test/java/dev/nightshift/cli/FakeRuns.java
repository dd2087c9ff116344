package dev.nightshift.cli;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** At most one run of a database, in memory, and what people ask of it. */
class FakeRuns implements RunReader, Intents, Milestones {

    final List<Asked> asked = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    Optional<String> cannotStop = Optional.empty();
    final Map<Long, String> outcomes = new HashMap<>();
    Optional<StatusView> status = Optional.empty();
    /** What a live supervisor does with a command, given its number; answers the new status. */
    BiFunction<Asked, StatusView, StatusView> supervisor = (command, view) -> view;
    /** How the run goes on after somebody looked. */
    Function<StatusView, Optional<StatusView>> afterLook = Optional::of;

    final List<String> refused = new ArrayList<>();
    QueueView queue = QueueView.EMPTY;

    /** What Flyway's history says at each look. */
    Supplier<SchemaMark> schema = () -> {
        throw new AssertionError("no schema is wanted");
    };

    List<BackupView> known = List.of(Views.backup());

    void answer(String outcome) {
        outcomes.put((long) asked.size(), outcome);
    }

    @Override
    public Optional<RunView> run(String named, String hash) {
        return status(Optional.empty())
                .map(StatusView::run)
                .filter(run -> run.plan().equals(named) || run.id().text().equals(named))
                .filter(run -> run.planHash().startsWith(hash));
    }

    @Override
    public SchemaMark schema(SchemaWish wish) {
        done.add("looked for " + wish.version() + " in " + wish.history());
        return schema.get();
    }

    @Override
    public Optional<StatusView> status(Optional<RunId> run) {
        Optional<StatusView> seen =
                status.filter(view -> run.isEmpty() || view.run().id().equals(run.get()));
        status = status.flatMap(afterLook);
        return seen;
    }

    @Override
    public List<RunView> runs(int most) {
        return status.map(StatusView::run).stream().toList();
    }

    @Override
    public QueueView queue() {
        return queue;
    }

    @Override
    public List<EventView> events(RunId run, int most) {
        return Views.events();
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
        return status.map(view -> new RunSummary(
                view.run(),
                view.at(),
                Duration.ofMinutes(27),
                3_000_000,
                1_460_000_000L,
                OptionalLong.of(1_900_000_000L),
                List.of(new RunSummary.Peak("replica lag", "standby-a", "2.3 s", "5 s", Views.NOW)),
                List.of(new RunSummary.Interruption(
                        "slowed", "replica lag standby-a > 2 s", Duration.ofSeconds(72), 2)),
                view.backup(),
                view.steps().stream()
                        .filter(step -> step.state() != StepRecord.State.PENDING)
                        .toList(),
                List.of(),
                Views.events(),
                "nothing"));
    }

    @Override
    public List<BackupView> backups(int most) {
        return known;
    }

    @Override
    public void refused(Asked command, String why) {
        refused.add(command.by() + " " + command.kind() + " (" + command.reason() + "): " + why);
    }

    @Override
    public long ask(Asked command) {
        asked.add(command);
        status = status.map(view -> supervisor.apply(command, view));
        return asked.size();
    }

    @Override
    public long askOnce(Asked command, String key) {
        return ask(command);
    }

    @Override
    public long alert(Asked command, String key) {
        return ask(command);
    }

    @Override
    public Optional<String> outcome(long number) {
        return Optional.ofNullable(outcomes.get(number));
    }

    @Override
    public void stopWork(RunId run, boolean immediate) {
        cannotStop.ifPresent(why -> {
            throw new Transient(new Explanation(why, "stopping the work", Explanation.NOTHING_CHANGED, "try again"));
        });
        done.add(immediate ? "stopped work at once" : "stopped work");
    }
}
