package dev.nightshift.drive;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the worker and people wrote about a run.
 *
 * @param intents not yet observed, oldest first
 * @param heartbeat of the worker with the newest epoch, if it ever lived on this server
 * @param backup the run's newest backup
 * @param approvals of its plan
 * @param freezes of the database that are on
 * @param down what the run has stopped on Kubernetes and not brought back
 */
public record Report(
        List<Intent> intents,
        Optional<Heartbeat> heartbeat,
        List<StepRecord> steps,
        Optional<BackupRecord> backup,
        Approvals approvals,
        List<Freeze> freezes,
        List<Stopped> down) {

    private static final Duration LATELY = Duration.ofSeconds(5);

    public Report {
        intents = List.copyOf(intents);
        steps = List.copyOf(steps);
        freezes = List.copyOf(freezes);
        down = List.copyOf(down);
    }

    /** What is down and should not be while the run is in this state, less what only a person can bring back. */
    public List<Stopped> owed(RunState state) {
        return down.stream()
                .filter(one -> one.refused().isEmpty() && !one.staysDown(state))
                .toList();
    }

    /** How fast the worker is, where it has given a sign of life lately and works on rows. */
    Optional<WorkPace> pace() {
        return heartbeat
                .filter(beat -> beat.age().compareTo(LATELY) < 0)
                .map(Heartbeat::pace)
                .filter(pace -> pace.rowsPerSecond() > 0);
    }
}
