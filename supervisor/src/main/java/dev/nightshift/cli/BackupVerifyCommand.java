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
        description = {
            "Read a whole backup again and hold it against its manifest. A directory needs no database.",
            "What somebody else keeps cannot be read: whoever keeps it is asked for it."
        })
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
        if (!backup.isEmpty() && Files.isDirectory(Path.of(backup))) {
            return read(Path.of(backup).toAbsolutePath());
        }
        BackupView known = known();
        return known.kind().equals("dump") ? read(Path.of(known.location())) : ask(known);
    }

    private ExitCode read(Path directory) {
        shell().say("reading " + directory + " ...");
        return tell(
                directory.toString(),
                shell().ports().backups().flaws(directory),
                "good, every byte was read and every sum agrees");
    }

    private ExitCode ask(BackupView known) {
        shell().say("asking for " + known.location() + " ...");
        return tell(
                known.id() + " (" + known.location() + ")",
                shell().ports().backups().absence(shell().needDatabase(), known.id()),
                "still there, by what its keeper says; nothing of it was read");
    }

    private ExitCode tell(String what, List<String> flaws, String good) {
        flaws.forEach(flaw -> shell().data(what + ": " + flaw));
        if (flaws.isEmpty()) {
            shell().data(what + ": " + good);
        }
        return flaws.isEmpty() ? ExitCode.OK : ExitCode.BACKUP_FAILED;
    }

    private BackupView known() {
        try (CommandPorts.Access access = shell().open()) {
            return access.reader().backups(MOST).stream()
                    .filter(known ->
                            !known.none() && (backup.isEmpty() || known.id().equals(backup)))
                    .findFirst()
                    .orElseThrow(() -> Shell.usage(
                            backup.isEmpty()
                                    ? "the journal knows no backup"
                                    : "'" + backup + "' is neither a directory nor a backup that the journal knows",
                            "see them with: nightshift backup list"));
        }
    }
}
