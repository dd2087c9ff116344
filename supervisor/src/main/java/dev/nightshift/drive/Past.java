package dev.nightshift.drive;

import dev.nightshift.run.Cause;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal knows of a run, and of all runs of the same plan so far, before anything of it was seen here.
 *
 * @param movedAt when the run came to its state
 * @param supervised whether some process holds the lease of the database
 * @param backup the run's newest backup
 * @param freezes of the database that are on
 * @param down how many workloads the run has stopped and not brought back
 */
public record Past(
        RunRecord run,
        boolean supervised,
        Instant createdAt,
        Instant movedAt,
        List<StepRecord> steps,
        Optional<BackupRecord> backup,
        Runs runs,
        List<Freeze> freezes,
        int down) {

    public Past {
        steps = List.copyOf(steps);
        freezes = List.copyOf(freezes);
    }

    /** In a database that is not frozen, of a run that has stopped nothing. */
    public Past(
            RunRecord run,
            boolean supervised,
            Instant createdAt,
            Instant movedAt,
            List<StepRecord> steps,
            Optional<BackupRecord> backup,
            Runs runs) {
        this(run, supervised, createdAt, movedAt, steps, backup, runs, List.of(), 0);
    }

    /**
     * All runs of one plan in one database.
     *
     * @param states how many are in each state, by its word
     * @param aborts how many were aborted, by who started it
     * @param failedBackups of all of them
     * @param lastSuccess when one succeeded last
     */
    public record Runs(
            Map<String, Long> states, Map<Cause.Kind, Long> aborts, long failedBackups, Optional<Instant> lastSuccess) {

        public Runs {
            states = Map.copyOf(states);
            aborts = Map.copyOf(aborts);
        }
    }
}
