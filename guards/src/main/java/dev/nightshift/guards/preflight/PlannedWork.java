package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.preflight.StepSql.Effect;
import dev.nightshift.guards.preflight.StepSql.Touch;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the plan is going to do, as far as the checks care.
 *
 * @param schemaStep whether migration files are carried out, by sessions that inherit settings
 * @param backfilled tables of backfills, as {@code schema.name}
 * @param sql what statements and migrations work on
 * @param forecasts what is expected to be written, as far as it is known
 */
public record PlannedWork(
        DeclaredReplicas replicas,
        boolean schemaStep,
        Set<String> backfilled,
        Fact<List<StepSql>> sql,
        List<WalForecast> forecasts) {

    public PlannedWork {
        backfilled = Set.copyOf(backfilled);
        forecasts = List.copyOf(forecasts);
    }

    PlannedWork expecting(List<WalForecast> all) {
        return new PlannedWork(replicas, schemaStep, backfilled, sql, all);
    }

    List<StepSql> steps() {
        return sql.or(List.of());
    }

    /** Tables whose definition a statement changes, as {@code schema.name}. */
    Set<String> redefined() {
        return tables(Effect.REDEFINES);
    }

    /** Tables on which a statement does what only their owner may. */
    Set<String> ownersOnly() {
        return tables(Effect.OWNERS_ONLY);
    }

    /** Indexes that a statement builds or drops, as {@code schema.name}: a leftover of theirs is dealt with. */
    Set<String> built() {
        return all(step -> step.indexes().stream());
    }

    /** Constraints that a statement validates or drops. */
    Set<String> proved() {
        return all(step -> step.settled().stream());
    }

    boolean reliesOnProof() {
        return steps().stream().anyMatch(StepSql::reliesOnProof);
    }

    boolean changesDefinitions() {
        return schemaStep || !redefined().isEmpty();
    }

    private Set<String> tables(Effect effect) {
        return all(step ->
                step.touches().stream().filter(touch -> touch.has(effect)).map(Touch::table));
    }

    private Set<String> all(Function<StepSql, Stream<String>> what) {
        return steps().stream().flatMap(what).collect(Collectors.toSet());
    }

    /** WAL that is expected to be written, as far as it is known. */
    double wal() {
        return forecasts.stream().mapToDouble(WalForecast::walBytes).sum();
    }

    /** Bytes by which tables and indexes are expected to grow. */
    double growth() {
        return forecasts.stream().mapToDouble(WalForecast::growthBytes).sum();
    }

    double batches() {
        return forecasts.stream().mapToDouble(WalForecast::batches).sum();
    }
}
