package dev.nightshift.cli;

import dev.nightshift.cli.screen.QueueLines;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.QueueView;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what is under way in a database and what waits for its turn. */
@Command(
        name = "list",
        description =
                "List the run that is under way in a database and those that wait in its queue, and why they wait.")
final class ListCommand extends Verb {

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    ListCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        QueueView queue;
        try (CommandPorts.Access access = reading.server().open(shell())) {
            queue = access.reader().queue();
        }
        if (reading.isJson()) {
            shell().data(Json.pretty(Documents.queue(queue)));
        } else if (queue.equals(QueueView.EMPTY)) {
            shell().say("no run is under way in this database, and none waits");
        } else {
            new QueueLines(shell().around().zone()).of(queue).forEach(shell()::data);
        }
        return ExitCode.OK;
    }
}
