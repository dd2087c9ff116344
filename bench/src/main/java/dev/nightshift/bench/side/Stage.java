package dev.nightshift.bench.side;

import dev.nightshift.bench.policy.KeyKind;
import dev.nightshift.bench.policy.Scene;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Shop;
import java.nio.file.Path;

/** Sets the scene: a cluster with a filled table, whose standby has all of it and is behind the link. */
final class Stage {

    /** Flushes as servers do; checkpoints only where the bench forces them. */
    private static final ClusterSettings SETTINGS = ClusterSettings.primaryOnly()
            .set("fsync", "on")
            .set("max_wal_size", "64GB")
            .set("checkpoint_timeout", "1h");

    private static final String[] UUID_KEY = {
        "ALTER TABLE public.orders DROP CONSTRAINT orders_pkey, DROP CONSTRAINT orders_public_id_key",
        "ALTER TABLE public.orders ADD PRIMARY KEY (public_id), ADD UNIQUE (id)"
    };

    private final CompareOptions options;
    private final Path directory;

    Stage(CompareOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    /** The cluster is the caller's to close. */
    Scene set() {
        Cluster cluster = Cluster.start(SETTINGS);
        try {
            PostgresServer primary = cluster.primary();
            new Shop(options.rows(), 0, 0).create(primary);
            if (options.key() == KeyKind.UUID) {
                primary.execute(UUID_KEY);
            }
            // Seeded from the filled primary: nothing of the filling has to pass the link.
            cluster.addStandby(Scene.STANDBY);
            options.link().bytesPerSecond().ifPresent(cluster.relay(Scene.STANDBY)::limit);
            return new Scene(cluster, options.key(), options.rows(), directory);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }
}
