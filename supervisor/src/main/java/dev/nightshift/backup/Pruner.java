package dev.nightshift.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Deletes the files of dumps, each noted in the journal first: what the journal offers is always there. */
public final class Pruner {

    private static final String SUFFIX = ".pruned";

    private final BackupJournal journal;

    public Pruner(BackupJournal journal) {
        this.journal = journal;
    }

    /** Deletes one; returns why it was not, if it was not. */
    public Optional<String> delete(KeptBackup backup) {
        Path directory = backup.directory();
        try {
            if (!Manifest.read(directory).run().equals(backup.run().text())) {
                return Optional.of("the manifest there is of another run");
            }
            if (!journal.prune(backup)) {
                return Optional.of("a run needs it now, or is choosing its backup: try again later");
            }
            Path gone = directory.resolveSibling(directory.getFileName() + SUFFIX);
            Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
            DumpDirectory.remove(gone);
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            return Optional.of("it cannot be deleted: " + e.getMessage());
        }
    }
}
