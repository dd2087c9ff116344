package dev.nightshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before {@code test}. */
@Command(name = "notify", description = "Try out who is told what happens.", synopsisSubcommandLabel = "COMMAND")
final class NotifyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine with(Shell shell) {
        return new CommandLine(new NotifyCommand()).addSubcommand(new NotifyTestCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: test");
    }
}
