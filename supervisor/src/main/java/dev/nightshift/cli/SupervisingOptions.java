package dev.nightshift.cli;

import dev.nightshift.plan.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that supervises shows, and whom it tells what happens. */
final class SupervisingOptions {

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

    Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    Duration linger() {
        return linger;
    }
}
