package dev.nightshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before {@code next} and {@code check}. */
@Command(
        name = "window",
        description = "Say when the window of a plan opens and closes.",
        synopsisSubcommandLabel = "COMMAND")
final class WindowCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine with(Shell shell) {
        return new CommandLine(new WindowCommand())
                .addSubcommand(new WindowNextCommand(shell))
                .addSubcommand(new WindowCheckCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: next or check");
    }
}
