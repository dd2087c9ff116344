package dev.nightshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before {@code list}, {@code verify} and {@code prune}. */
@Command(name = "backup", description = "List, verify or prune backups.", synopsisSubcommandLabel = "COMMAND")
final class BackupCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine with(Shell shell) {
        return new CommandLine(new BackupCommand())
                .addSubcommand(new BackupListCommand(shell))
                .addSubcommand(new BackupVerifyCommand(shell))
                .addSubcommand(new BackupPruneCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: list, verify or prune");
    }
}
