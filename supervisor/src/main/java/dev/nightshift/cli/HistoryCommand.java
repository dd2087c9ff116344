package dev.nightshift.cli;

import dev.nightshift.cli.screen.HistoryLines;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Documents;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the runs of a database, or everything that happened to one. */
@Command(name = "history", description = "List the runs of a database, or what happened to one.")
final class HistoryCommand extends Verb {

    @Parameters(arity = "0..1", paramLabel = "RUN", defaultValue = "", description = "The run's id.")
    private String run = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many lines, the newest (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    HistoryCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Optional<RunId> id = shell().run(run);
        try (CommandPorts.Access access = reading.server().open(shell())) {
            if (id.isPresent()) {
                events(access.reader(), id.get());
            } else {
                runs(access.reader().runs(limit));
            }
        }
        return ExitCode.OK;
    }

    private void runs(List<RunView> runs) {
        if (reading.isJson()) {
            shell().data(Json.pretty(Documents.runs(runs)));
        } else if (runs.isEmpty()) {
            shell().say("this database has no run yet");
        } else {
            new HistoryLines(shell().around().zone()).runs(runs).forEach(shell()::data);
        }
    }

    private void events(RunReader reader, RunId id) {
        RunView view = reader.status(Optional.of(id))
                .orElseThrow(() -> Refusal.noRun(run))
                .run();
        List<EventView> events = reader.events(id, limit);
        if (reading.isJson()) {
            shell().data(Json.pretty(Documents.history(view, events)));
        } else {
            new HistoryLines(shell().around().zone()).events(events).forEach(shell()::data);
        }
    }
}
