package dev.nightshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before {@code list} and {@code verify}. */
@Command(name = "backup", description = "List or verify backups.", synopsisSubcommandLabel = "COMMAND")
final class BackupCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine with(Shell shell) {
        return new CommandLine(new BackupCommand())
                .addSubcommand(new BackupListCommand(shell))
                .addSubcommand(new BackupVerifyCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: list or verify");
    }
}
