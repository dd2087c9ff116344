package dev.nightshift.drive;

import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Intent;
import dev.nightshift.run.StepRecord;
import java.util.List;
import java.util.Optional;

/**
 * What the worker and people wrote about a run.
 *
 * @param intents not yet observed, oldest first
 * @param heartbeat of the worker with the newest epoch, if it ever lived on this server
 * @param backup the run's newest backup
 */
public record Report(
        List<Intent> intents, Optional<Heartbeat> heartbeat, List<StepRecord> steps, Optional<BackupRecord> backup) {

    public Report {
        intents = List.copyOf(intents);
        steps = List.copyOf(steps);
    }
}
