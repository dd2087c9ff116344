package dev.nightshift.cli;

import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the completion script for bash and zsh. */
@Command(
        name = "completion",
        description = "Print a completion script: source <(nightshift completion)",
        footer = {"", "For bash and zsh."})
final class CompletionCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    CompletionCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        shell().data(AutoComplete.bash("nightshift", spec.root().commandLine()).stripTrailing());
        return ExitCode.OK;
    }
}
