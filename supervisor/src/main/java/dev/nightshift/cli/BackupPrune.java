package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Deletes dumps that nobody needs any more. */
public interface BackupPrune {

    /**
     * Looks at every backup that the database's journal knows.
     *
     * @param dry deletes nothing
     * @throws dev.nightshift.run.Trouble when the database cannot be reached
     */
    List<Fate> prune(DatabaseUrl url, int keep, Duration olderThan, boolean dry);

    /**
     * What became of a backup, or would.
     *
     * @param stays why it stays
     * @param broken why it could not be deleted though nobody needs it
     */
    record Fate(String id, String location, Optional<String> stays, Optional<String> broken) {}
}
