package dev.nightshift.cli;

import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.ServeReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that supervises shows, whom it tells what happens, and where its workers are started. */
final class SupervisingOptions {

    private static final String LOCAL = "local";
    private static final String KUBERNETES = "kubernetes";

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve /metrics, /livez and /readyz on this port; 0 takes a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-linger",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationText.class,
            description = "Serve so long after the end, for the last scrapes (default: ${DEFAULT-VALUE}).")
    private Duration linger = Duration.ZERO;

    @Option(
            names = "--notify",
            paramLabel = "FILE",
            description =
                    "Tell the receivers of this file, under its key `notify`, what happens; as `serve` does by its settings.")
    private @Nullable Path notify;

    /**
     * Whom to tell what happens.
     *
     * @throws Refusal when the file has problems; they are said
     */
    List<Receiver> receivers(Shell shell) {
        Path file = notify;
        return file == null ? List.of() : ReceiversFile.read(shell, file);
    }

    @Option(
            names = "--launcher",
            paramLabel = "WHERE",
            defaultValue = "local",
            description = "Start the worker here (local), or as a Job (kubernetes); needs --settings"
                    + " (default: ${DEFAULT-VALUE}).")
    private String launcher = LOCAL;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "A settings file as of `serve`; of it only `launcher` is read.")
    private @Nullable Path settings;

    /** Empty where the worker is a child process. */
    Optional<KubernetesSettings> kubernetes(Shell shell) {
        if (launcher.equals(LOCAL)) {
            return Optional.empty();
        }
        Path file = settings;
        if (!launcher.equals(KUBERNETES)) {
            throw Shell.usage("'" + launcher + "' is no launcher", "say --launcher local or --launcher kubernetes");
        }
        if (file == null) {
            throw Shell.usage(
                    "--settings is missing", "name a file with launcher: {kubernetes: {namespace: …, image: …}}");
        }
        ServeReader.LauncherReading reading =
                ServeReader.readLauncher(file.toString(), PlanFile.text("the settings", file));
        reading.problems().forEach(problem -> shell.say(problem.toString()));
        return Optional.of(reading.settings()
                .orElseThrow(
                        () -> Shell.usage("the settings " + file + " cannot be used", "correct what is said above")));
    }

    Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    Duration linger() {
        return linger;
    }
}
