package dev.nightshift.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a standing supervisor is told: which databases it looks after, where it shows its metrics and serves its API,
 * and whom it tells what happens.
 *
 * @param metricsPort empty when they are not shown
 * @param api empty when it is not served
 * @param kubernetes where workers are started as Jobs; empty for child processes
 */
public record ServeSettings(
        List<Served> databases,
        OptionalInt metricsPort,
        Optional<ApiSettings> api,
        List<Receiver> receivers,
        Optional<KubernetesSettings> kubernetes) {

    public ServeSettings {
        databases = List.copyOf(databases);
        receivers = List.copyOf(receivers);
        if (databases.isEmpty()) {
            throw new IllegalArgumentException("expected at least one database, found none");
        }
    }

    /**
     * A database and how logs and metrics call it.
     *
     * @param name different for each database of the settings
     */
    public record Served(String name, DatabaseUrl url) {}
}
