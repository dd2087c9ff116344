package dev.nightshift.cli;

import dev.nightshift.view.BackupView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads a whole backup again and says whether it is good. */
@Command(
        name = "verify",
        description = "Read a whole backup again and hold it against its manifest. A directory needs no database.")
final class BackupVerifyCommand extends Verb {

    private static final int MOST = 1000;

    @Parameters(
            arity = "0..1",
            paramLabel = "BACKUP",
            defaultValue = "",
            description = "A backup's id or its directory; else the newest.")
    private String backup = "";

    BackupVerifyCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.BACKUP_FAILED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Path directory = directory();
        shell().say("reading " + directory + " ...");
        List<String> flaws = shell().ports().backups().flaws(directory);
        flaws.forEach(flaw -> shell().data(directory + ": " + flaw));
        if (flaws.isEmpty()) {
            shell().data(directory + ": good, every byte was read and every sum agrees");
        }
        return flaws.isEmpty() ? ExitCode.OK : ExitCode.BACKUP_FAILED;
    }

    private Path directory() {
        if (!backup.isEmpty() && Files.isDirectory(Path.of(backup))) {
            return Path.of(backup).toAbsolutePath();
        }
        try (CommandPorts.Access access = shell().open()) {
            return access.reader().backups(MOST).stream()
                    .filter(known ->
                            !known.none() && (backup.isEmpty() || known.id().equals(backup)))
                    .findFirst()
                    .map(BackupView::location)
                    .map(Path::of)
                    .orElseThrow(() -> Shell.usage(
                            backup.isEmpty()
                                    ? "the journal knows no backup"
                                    : "'" + backup + "' is neither a directory nor a backup that the journal knows",
                            "see them with: nightshift backup list"));
        }
    }
}
