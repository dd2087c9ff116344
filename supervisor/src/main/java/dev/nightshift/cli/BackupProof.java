package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import java.nio.file.Path;
import java.util.List;

/** Looks whether a backup is good: one on disk is read, one that somebody else keeps is asked for. */
public interface BackupProof {

    /** What is wrong with the dump in this directory; empty when it is good. */
    List<String> flaws(Path directory);

    /**
     * Why a backup that somebody else keeps does not count any more; empty when it is still there.
     *
     * @param id of its row in the journal
     * @throws dev.nightshift.run.Trouble when nobody can be asked
     */
    List<String> absence(DatabaseUrl url, String id);
}
