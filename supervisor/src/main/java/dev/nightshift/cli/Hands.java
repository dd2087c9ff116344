package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.RunId;

/** The worker of a run, for the hidden command that a launcher starts. */
public interface Hands {

    /** Works until the run's work is done or it must stop; answers with the exit code that the launcher understands. */
    int work(DatabaseUrl url, RunId run);
}
