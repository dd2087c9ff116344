package dev.nightshift.cli;

import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads the SQL of a run's plan for a supervisor that keeps the parser out of its own process; never for people. */
@Command(name = "read-sql", hidden = true, description = "Read the SQL of a run's plan; a supervisor starts this.")
final class ReadSqlCommand extends Verb {

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    ReadSqlCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        shell().data(shell().ports().runSql().read(shell().needDatabase(), shell().needRun(run)));
        return ExitCode.OK;
    }
}
