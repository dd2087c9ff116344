package dev.nightshift.plan;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a standing supervisor is told: which databases it looks after, and where it shows its metrics.
 *
 * @param metricsPort empty when they are not shown
 */
public record ServeSettings(List<Served> databases, OptionalInt metricsPort) {

    public ServeSettings {
        databases = List.copyOf(databases);
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
