package dev.nightshift.cli;

import dev.nightshift.cli.screen.StatusLines;
import dev.nightshift.view.StatusView;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a run stands, once or until it ends. */
@Command(name = "status", description = "Show where a run stands; on a terminal until it ends.")
final class StatusCommand extends Verb {

    private static final int WIDTH = 120;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "",
            description = "The run's id; else the active run, else the newest.")
    private String run = "";

    @Option(names = "--exit-code", description = "End with the code of the run's state.")
    private boolean exitCode;

    StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        try (CommandPorts.Access access = shell().open()) {
            StatusView view = access.reader().status(shell().run(run)).orElseThrow(() -> Refusal.noRun(run));
            new StatusLines(shell().around().zone()).of(view, WIDTH).forEach(shell()::data);
            return exitCode ? ExitCode.of(view.run().state()) : ExitCode.OK;
        }
    }
}
