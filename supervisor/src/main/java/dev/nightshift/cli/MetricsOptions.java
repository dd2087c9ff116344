package dev.nightshift.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that supervises shows its metrics. */
final class MetricsOptions {

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

    Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    Duration linger() {
        return linger;
    }
}
