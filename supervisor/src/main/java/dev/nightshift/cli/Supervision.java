package dev.nightshift.cli;

import dev.nightshift.drive.Announcer;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import java.nio.file.Path;
import java.util.Optional;

/** Supervises a run in the foreground of a command; fails with a {@link dev.nightshift.run.Trouble}. */
public interface Supervision {

    /**
     * Begins a run of a plan and supervises it until it needs no supervisor.
     *
     * @param file the plan's path
     * @param by {@code user@host}
     * @return the run as it was left; empty when another supervisor holds the database's lease
     */
    Optional<RunRecord> run(Plan plan, Path file, String by, Announcer announcer);

    /**
     * Takes an existing run over and supervises it until it needs no supervisor.
     *
     * @return the run as it was left; empty when another supervisor holds the database's lease
     */
    Optional<RunRecord> takeOver(DatabaseUrl url, RunId run, Announcer announcer);
}
