package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.PlannedWork;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.TableName;
import dev.nightshift.plan.WalkStep;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables that a plan works on: those of its backfills, and those that its SQL touches. */
record PlanTouches(Plan plan, Fact<List<StepSql>> sql) {

    /** Schemas and names, as two arrays. */
    Tuple tables() {
        Set<TableName> names = new LinkedHashSet<>();
        walked().forEach(names::add);
        sql.or(List.of()).stream()
                .flatMap(step -> step.touches().stream())
                .forEach(touch -> names.add(new TableName(touch.schema(), touch.name())));
        return Tuple.tuple()
                .addArrayOfString(names.stream().map(TableName::schema).toArray(String[]::new))
                .addArrayOfString(names.stream().map(TableName::name).toArray(String[]::new));
    }

    private Stream<TableName> walked() {
        return plan.steps().stream()
                .filter(WalkStep.class::isInstance)
                .map(WalkStep.class::cast)
                .map(WalkStep::table);
    }

    PlannedWork work(List<WalForecast> backfills) {
        return new PlannedWork(
                plan.replicas().without(plan.guards().waivedReplicasAt(Instant.now())),
                plan.steps().stream().anyMatch(step -> step instanceof SchemaStep || step instanceof ExternalStep),
                walked().map(TableName::toString).collect(Collectors.toSet()),
                sql,
                backfills);
    }
}
