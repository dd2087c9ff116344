package dev.nightshift.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word before {@code list} and {@code watch}. */
@Command(
        name = "guards",
        description = "List the guards of a run, or watch what they see.",
        synopsisSubcommandLabel = "COMMAND")
final class GuardsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static CommandLine with(Shell shell) {
        return new CommandLine(new GuardsCommand())
                .addSubcommand(new GuardsListCommand(shell))
                .addSubcommand(new GuardsWatchCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: list or watch");
    }
}
