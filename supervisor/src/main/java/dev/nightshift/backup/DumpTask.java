package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import java.nio.file.Path;

/**
 * What is to be dumped, for whom, and to where.
 *
 * @param id of its row in the journal
 */
record DumpTask(
        String id,
        RunRecord run,
        Plan plan,
        BackupSpec.Dump spec,
        Attempt attempt,
        DumpDirectory directory,
        Interruption interruption) {

    Level level() {
        return Level.of(spec.verify());
    }

    Path location() {
        return directory.location();
    }

    void say(String sentence) {
        attempt.activity().now(sentence);
    }

    /** The place for this is behind everything that a stop ends early. */
    void stopIfAsked() {
        if (interruption.asked()) {
            throw new Transient(DumpFailure.stopped(location()));
        }
    }
}
