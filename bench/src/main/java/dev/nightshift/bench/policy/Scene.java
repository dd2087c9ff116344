package dev.nightshift.bench.policy;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.Login;
import java.nio.file.Path;

/**
 * Where a policy works: a fresh table {@code public.orders} on a primary with one standby.
 *
 * @param directory for files of the policy
 */
public record Scene(Cluster cluster, KeyKind key, long rows, Path directory) {

    public static final String STANDBY = "standby-a";

    /** What every policy sets, and in which rows. */
    public static final String SET = "total_cents = (amount * 100)::bigint, touched = touched + 1";

    public static final String WHERE = "total_cents IS NULL";

    public Login login() {
        return cluster.primary().migrator();
    }
}
