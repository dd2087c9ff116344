package dev.nightshift.cli;

import dev.nightshift.cli.screen.MarkdownReport;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunSummary;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is to be said of a run, from the journal alone. */
@Command(name = "report", description = "Print a run's report: what it did, what it cost, what is left to do.")
final class ReportCommand extends Verb {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "",
            description = "The run's id; else the active run, else the newest.")
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "md|json",
            defaultValue = "md",
            converter = Output.MarkdownOrJson.class,
            description = "How it is printed (default: ${DEFAULT-VALUE}).")
    private Output output = Output.MD;

    @Mixin
    private final ServerOption server = new ServerOption();

    ReportCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Optional<RunId> named = shell().run(run);
        try (CommandPorts.Access access = server.open(shell())) {
            RunId id = named.orElseGet(() -> access.reader()
                    .status(Optional.empty())
                    .orElseThrow(() -> Refusal.noRun(run))
                    .run()
                    .id());
            RunSummary summary = access.reader().summary(id).orElseThrow(() -> Refusal.noRun(run));
            shell().data(
                            output == Output.JSON
                                    ? Json.pretty(Documents.report(summary))
                                    : new MarkdownReport(shell().around().zone()).of(summary));
        }
        return ExitCode.OK;
    }
}
