package dev.nightshift.cli;

import dev.nightshift.cli.screen.HistoryLines;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the backups that the journal knows. */
@Command(name = "list", description = "List the backups that the journal knows, the newest first.")
final class BackupListCommand extends Verb {

    private static final int MOST = 200;

    @Mixin
    private final OutputOption output = new OutputOption();

    BackupListCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        try (CommandPorts.Access access = shell().open()) {
            List<BackupView> backups = access.reader().backups(MOST);
            if (output.isJson()) {
                shell().data(Json.pretty(Documents.backups(backups)));
            } else if (backups.isEmpty()) {
                shell().say("the journal knows no backup");
            } else {
                new HistoryLines(shell().around().zone()).backups(backups).forEach(shell()::data);
            }
        }
        return ExitCode.OK;
    }
}
