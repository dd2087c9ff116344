package dev.nightshift.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Does the work of a run; started by a launcher, never by people. */
@Command(name = "worker", hidden = true, description = "Do the work of a run; a supervisor starts this.")
final class WorkerCommand extends Verb {

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    WorkerCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.TRANSIENT, ExitCode.TERMINATED);
    }

    @Override
    ExitCode carryOut() {
        int code = shell().ports().hands().work(shell().needDatabase(), shell().needRun(run));
        return ExitCode.of(code).orElse(ExitCode.INTERNAL);
    }
}
