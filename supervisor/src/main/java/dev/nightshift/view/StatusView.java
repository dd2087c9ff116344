package dev.nightshift.view;

import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.time.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is shown of a run at one instant, whoever read it.
 *
 * @param at the database's clock when it was read
 * @param steps the plan's steps and then its abort steps, in order
 * @param worker its last sign of life
 * @param glance what the supervisor saw and decided last
 * @param events the newest last
 * @param freezes of its database that are on
 * @param outlook when it will be done, as its supervisor saw it last
 */
public record StatusView(
        Instant at,
        RunView run,
        List<StepRecord> steps,
        Optional<Heartbeat> worker,
        Optional<Glance> glance,
        Optional<BackupView> backup,
        Optional<WindowView> window,
        Optional<SupervisorView> supervisor,
        List<EventView> events,
        List<Freeze> freezes,
        Optional<Outlook> outlook) {

    private static final Duration FRESH = Duration.ofSeconds(10);

    public StatusView {
        steps = List.copyOf(steps);
        events = List.copyOf(events);
        freezes = List.copyOf(freezes);
    }

    /** In a database that is not frozen. */
    public StatusView(
            Instant at,
            RunView run,
            List<StepRecord> steps,
            Optional<Heartbeat> worker,
            Optional<Glance> glance,
            Optional<BackupView> backup,
            Optional<WindowView> window,
            Optional<SupervisorView> supervisor,
            List<EventView> events) {
        this(at, run, steps, worker, glance, backup, window, supervisor, events, List.of(), Optional.empty());
    }

    /** The steps that the run's state is about: the abort steps once it is aborting, else the work steps. */
    public List<StepRecord> currentPart() {
        boolean aborting = steps.stream().anyMatch(step -> step.abort() && step.state() != StepRecord.State.PENDING);
        return steps.stream().filter(step -> step.abort() == aborting).toList();
    }

    /** The step that is being carried out or comes next; the last one when all are done. */
    public Optional<StepRecord> step() {
        List<StepRecord> part = currentPart();
        return part.stream()
                .filter(step -> step.state() != StepRecord.State.DONE)
                .findFirst()
                .or(() -> part.isEmpty() ? Optional.empty() : Optional.of(part.get(part.size() - 1)));
    }

    /** Whether a supervisor is alive and looks after this run; an ended run has none. */
    public boolean supervised() {
        return supervisor.map(lease -> lease.alive(at)).orElse(false);
    }

    /** Whether the run works or worked without a backup: a plan that wants one does not get so far without it. */
    public boolean withoutBackup() {
        return backup.isEmpty() && steps.stream().anyMatch(step -> step.state() != StepRecord.State.PENDING);
    }

    /** The worker's pace counts only while its sign of life is young. */
    public boolean workerAlive() {
        return worker.map(beat -> beat.age().compareTo(FRESH) < 0).orElse(false);
    }

    /** When the current step will be done if nothing changes; unknown while nothing moves. */
    public Optional<Instant> expectedEnd() {
        if (!workerAlive() || step().isEmpty() || worker.isEmpty()) {
            return Optional.empty();
        }
        return step().get().remaining(worker.get().pace().rowsPerSecond()).map(at::plus);
    }
}
