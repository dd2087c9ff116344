package dev.nightshift.lint;

import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.Body;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.flow.TableLock;
import dev.nightshift.guards.lint.flow.Timeline;
import dev.nightshift.guards.lint.rule.Rules;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.guards.preflight.StepSql.Effect;
import dev.nightshift.guards.preflight.StepSql.Touch;
import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.TableName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers what scripts touch, statement by statement, those in bodies included. */
final class SqlTouches {

    private static final Set<Table.Kind> TABLES =
            Set.of(Table.Kind.TABLE, Table.Kind.PARTITIONED, Table.Kind.MATERIALIZED_VIEW);

    private static final Set<String> OWNERS_ONLY = Set.of(
            "AlterTableStmt",
            "IndexStmt",
            "DropStmt",
            "RenameStmt",
            "AlterObjectSchemaStmt",
            "RuleStmt",
            "CreatePolicyStmt",
            "AlterPolicyStmt",
            "ReindexStmt",
            "ClusterStmt");

    private static final Set<String> REDEFINING = Set.of("AlterTableStmt", "RenameStmt", "AlterObjectSchemaStmt");

    /** Rules whose findings are rewrites. */
    private static final List<String> REWRITES = List.of(
            "COL-ADD-VOLATILE-DEFAULT",
            "COL-ADD-STORED-GENERATED",
            "COL-ADD-SERIAL-IDENTITY",
            "COL-TYPE-CHANGE",
            "TBL-REWRITE-CMD");

    private static final String KEY_BUILD = "CON-UNIQUE-PK-BUILD";

    private final Map<TableName, Set<Effect>> touches = new LinkedHashMap<>();
    private final Set<String> indexes = new LinkedHashSet<>();
    private final Set<String> settled = new LinkedHashSet<>();
    private final Set<String> opaque = new LinkedHashSet<>();
    private boolean relies;

    void add(Timeline script) {
        script.steps().forEach(step -> add(step, script));
        script.unparsed()
                .forEach(bad ->
                        opaque.add(script.script().file() + ": " + bad.refused().message()));
    }

    /** Why something cannot be told. */
    void addUnknown(String why) {
        opaque.add(why);
    }

    StepSql sql(String step) {
        List<Touch> all = touches.entrySet().stream()
                .map(entry -> new Touch(
                        entry.getKey().schema(),
                        entry.getKey().name(),
                        entry.getKey().toString(),
                        entry.getValue()))
                .toList();
        return new StepSql(step, all, indexes, settled, relies, List.copyOf(opaque));
    }

    StepSql takingAway(String step) {
        return new StepSql(step, List.of(), indexes, settled, false, List.of());
    }

    private void add(Step step, Timeline script) {
        step.locks().stream()
                .filter(lock -> lock.mode().compareTo(LockMode.ROW_EXCLUSIVE) >= 0)
                .forEach(lock -> touch(step, lock));
        indexes(step);
        step.alterTable().ifPresent(alter -> alter.commands().forEach(this::command));
        REWRITES.forEach(rule -> hits(step, rule, Effect.REWRITES));
        hits(step, KEY_BUILD, Effect.BUILDS_INDEX);
        script.body(step).parts().stream()
                .filter(Body.Opaque.class::isInstance)
                .map(Body.Opaque.class::cast)
                .forEach(part -> opaque.add(script.script().file() + ": " + part.why()));
    }

    private void touch(Step step, TableLock lock) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        if (lock.named()) {
            String kind = step.tree().kind();
            if (OWNERS_ONLY.contains(kind)) {
                effects.add(Effect.OWNERS_ONLY);
            }
            if (REDEFINING.contains(kind) || step.tree().text("removeType").equals("OBJECT_TABLE")) {
                effects.add(Effect.REDEFINES);
            }
            if (step.is("IndexStmt")) {
                effects.add(Effect.BUILDS_INDEX);
            }
        }
        touch(step, lock.relation(), effects);
    }

    /** Only what is there now: nothing can be in the way of a table that the step makes itself. */
    private void touch(Step step, Name relation, Set<Effect> effects) {
        step.table(relation)
                .filter(table -> TABLES.contains(table.kind()))
                .map(Table::name)
                .ifPresent(name -> touches.computeIfAbsent(
                                new TableName(name.schema(), name.name()), any -> EnumSet.noneOf(Effect.class))
                        .addAll(effects));
    }

    private void hits(Step step, String rule, Effect effect) {
        Rules.byId(rule)
                .ifPresent(known -> known.check(step)
                        .flatMap(hit -> hit.relation().stream())
                        .forEach(relation -> touch(step, relation, EnumSet.of(effect))));
    }

    private void indexes(Step step) {
        if (step.is("IndexStmt") && !step.tree().text("idxname").isEmpty()) {
            step.targets().stream()
                    .flatMap(table -> step.table(table).stream())
                    .forEach(table -> index(table.name().schema(), step.tree().text("idxname")));
        }
        if (step.tree().text("removeType").equals("OBJECT_INDEX")) {
            step.targets().forEach(index -> schemaOf(step, index).ifPresent(schema -> index(schema, index.name())));
        }
    }

    private static Optional<String> schemaOf(Step step, Name index) {
        return index.isQualified()
                ? Optional.of(index.schema())
                : step.catalog().tableOfIndex(index).map(table -> table.name().schema());
    }

    private void index(String schema, String name) {
        indexes.add(new TableName(schema, name).toString());
    }

    private void command(AlterCommand command) {
        if (command.is("ValidateConstraint") || command.is("DropConstraint")) {
            settled.add(new Identifier(command.name()).toString());
        }
        relies |= command.is("SetNotNull") || command.is("AttachPartition");
    }
}
