package dev.nightshift.cli;

import dev.nightshift.cli.screen.ServeLines;
import dev.nightshift.plan.ServeReading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks after databases for as long as the process lives. */
@Command(
        name = "serve",
        description = {
            "Look after the databases of a settings file: supervise every run that nobody supervises.",
            "SIGTERM lets each worker park; the runs stay, and whoever serves next goes on with them.",
            "The settings are read again within seconds of a change, and on SIGHUP; one with a mistake changes nothing."
        })
final class ServeCommand extends Verb {

    @Parameters(paramLabel = "SETTINGS", description = "A YAML file: databases: [{url: …}], metrics: {port: …}.")
    private Path settings = Path.of("");

    ServeCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.REFUSED, ExitCode.TERMINATED);
    }

    @Override
    ExitCode carryOut() {
        SettingsFile file = new SettingsFile(settings);
        ServeReading reading = file.read();
        if (reading.settings().isEmpty()) {
            reading.problems().forEach(problem -> shell().say(problem.toString()));
            return ExitCode.USAGE;
        }
        Surroundings around = shell().around();
        if (!around.terminal()) {
            // At a terminal it means that the terminal is gone, and ends the process as any other.
            Signals.register("HUP", file::ask);
        }
        try (ServeLines log = new ServeLines(around.out(), Instant::now, around.terminal(), around.zone())) {
            shell().ports().serving().serve(reading.settings().get(), file::changed, log);
        }
        return ExitCode.TERMINATED;
    }
}
