package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.worker.Attempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What earlier attempts of the same run left: a backup that still counts, or pieces to clear away. */
final class OwnBackups {

    private final BackupJournal journal;
    private final Attempt attempt;

    OwnBackups(BackupJournal journal, Attempt attempt) {
        this.journal = journal;
        this.attempt = attempt;
    }

    /**
     * Clears pieces away and finds the run's backup. Once the run has written, its backup is the state before the run
     * and is kept whatever its age; no other can be taken any more.
     */
    Optional<KeptBackup> settle(RunRecord run, BackupSpec.Dump spec) {
        DumpDirectory.removePartials(spec.directory(), run.id());
        List<KeptBackup> own = journal.of(run.id());
        own.stream()
                .filter(backup -> backup.state() == KeptBackup.State.RUNNING)
                .forEach(this::clear);
        Optional<KeptBackup> verified = own.stream()
                .filter(backup -> backup.state() == KeptBackup.State.VERIFIED)
                .findFirst();
        if (verified.isEmpty()) {
            return verified;
        }
        KeptBackup backup = verified.get();
        List<String> problems = problems(backup);
        if (journal.hasWritten(run.id())) {
            if (problems.isEmpty()) {
                return verified;
            }
            throw new Permanent(new Explanation(
                    "the run's backup is not there any more: " + String.join("; ", problems),
                    "looking for " + backup.location(),
                    "the run has changed the database already; no backup of the state before it can be taken now",
                    "bring the files back, then `nightshift retry`; or end the run with `nightshift abort`"));
        }
        if (problems.isEmpty()) {
            return verified;
        }
        journal.failed(attempt, backup.id(), outOfUse(backup, problems.get(0)));
        return Optional.empty();
    }

    /** The worker ended before it could say that its dump was good. */
    private void clear(KeptBackup backup) {
        DumpDirectory directory = new DumpDirectory(backup.directory());
        directory.removePartial();
        if (isOf(backup)) {
            DumpDirectory.remove(directory.location());
        }
        journal.failed(attempt, backup.id(), DumpFailure.stopped(backup.directory()));
    }

    private static boolean isOf(KeptBackup backup) {
        try {
            return Manifest.read(backup.directory()).run().equals(backup.run().text());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> problems(KeptBackup backup) {
        Path directory = backup.directory();
        try {
            return ArchiveCheck.fileProblems(directory, Manifest.read(directory), Level.READABLE);
        } catch (IOException | IllegalArgumentException e) {
            return List.of("no manifest in " + directory);
        }
    }

    private static Explanation outOfUse(KeptBackup backup, String why) {
        return new Explanation(
                "the backup: " + why,
                "looking for the run's backup before its first write",
                Explanation.NOTHING_CHANGED,
                "nothing: another one is taken; " + backup.location() + " stays as it is");
    }
}
