package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.DeclaredReplicas;
import java.util.List;
import java.util.Set;

/**
 * What the plan is going to do, as far as the checks care.
 *
 * @param schemaStep whether migration files are carried out, by sessions that inherit settings
 * @param redefined tables whose definition a statement changes, as {@code schema.name}
 * @param ownersOnly tables on which a statement does what only their owner may
 * @param built indexes that a statement builds or drops, as {@code schema.name}: a leftover of theirs is dealt with
 * @param proved constraints that a statement validates or drops
 * @param reliesOnProof whether a statement takes a constraint for proved: SET NOT NULL, ATTACH PARTITION
 */
public record PlannedWork(
        DeclaredReplicas replicas,
        boolean schemaStep,
        Set<String> redefined,
        Set<String> ownersOnly,
        Set<String> built,
        Set<String> proved,
        boolean reliesOnProof,
        List<WalForecast> forecasts) {

    public PlannedWork {
        redefined = Set.copyOf(redefined);
        ownersOnly = Set.copyOf(ownersOnly);
        built = Set.copyOf(built);
        proved = Set.copyOf(proved);
        forecasts = List.copyOf(forecasts);
    }

    boolean changesDefinitions() {
        return schemaStep || !redefined.isEmpty();
    }

    /** WAL that all backfills together are expected to write, as far as it is known. */
    double wal() {
        return forecasts.stream().mapToDouble(WalForecast::walBytes).sum();
    }

    /** Bytes by which tables and indexes are expected to grow. */
    double growth() {
        return forecasts.stream().mapToDouble(WalForecast::growthBytes).sum();
    }

    double batches() {
        return forecasts.stream()
                .mapToDouble(forecast -> forecast.rows() / WalForecast.ROWS_OF_FIRST_BATCH)
                .sum();
    }
}
