package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** ABORT-PLAN-MISSING: an irreversible statement with neither a declared down step nor a backup. */
final class NoWayBack extends Rule {
    NoWayBack() {
        super(new RuleCard(
                "ABORT-PLAN-MISSING",
                Severity.WARN,
                "an irreversible statement with neither a declared down step nor a backup",
                "-",
                "when the run is aborted there is no way back",
                "a down step or a backup in the plan",
                "ALTER TABLE shop.t DROP COLUMN a",
                "ALTER TABLE shop.t ADD COLUMN a int"));
    }

    private static final Set<String> DROPS = Set.of(
            "OBJECT_TABLE",
            "OBJECT_FOREIGN_TABLE",
            "OBJECT_SCHEMA",
            "OBJECT_MATVIEW",
            "OBJECT_SEQUENCE",
            "OBJECT_TYPE",
            "OBJECT_DOMAIN");

    @Override
    public Stream<Hit> check(Step step) {
        if (step.script().undoDeclared()) {
            return Stream.empty();
        }
        return what(step).stream()
                .map(what -> hit(what + " cannot be taken back, and no down step or backup is declared"));
    }

    private static Optional<String> what(Step step) {
        Node tree = step.tree();
        return switch (tree.kind()) {
            case "DropStmt" ->
                DROPS.contains(tree.text("removeType"))
                                && Drops.names(tree).stream().anyMatch(name -> !isOwn(step, name))
                        ? Optional.of("DROP")
                        : Optional.empty();
            case "DropdbStmt" -> Optional.of("DROP DATABASE");
            case "TruncateStmt" ->
                step.targets().stream().anyMatch(name -> !step.isSurelyNew(name))
                        ? Optional.of("TRUNCATE")
                        : Optional.empty();
            case "AlterEnumStmt" ->
                isOwn(step, Name.of(tree.list("typeName"))) ? Optional.empty() : Optional.of("a change of an enum");
            default -> altered(step);
        };
    }

    private static Optional<String> altered(Step step) {
        boolean dropsAttribute = step.alterTable()
                .filter(alter -> alter.objectType().equals("OBJECT_TYPE") && !isOwn(step, alter.relation()))
                .filter(alter -> alter.commands().stream().anyMatch(command -> command.is("DropColumn")))
                .isPresent();
        return dropsAttribute
                ? Optional.of("DROP ATTRIBUTE")
                : Change.of(step)
                        .filter(change -> change.command().is("DropColumn")
                                || change.command().is("AlterColumnType"))
                        .findFirst()
                        .map(change -> change.command().is("DropColumn") ? "DROP COLUMN" : "a change of type");
    }

    private static boolean isOwn(Step step, Name name) {
        return step.isSurelyNew(name)
                || step.created(Created.Kind.TYPE, name).isPresent()
                || step.created(Created.Kind.SCHEMA, name).isPresent();
    }
}
