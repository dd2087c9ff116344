package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** REPL-IDENTITY: REPLICA IDENTITY FULL or NOTHING, row changes of a published table without a key, dropping the identity. */
final class ReplicaIdentity extends Rule {
    ReplicaIdentity() {
        super(new RuleCard(
                "REPL-IDENTITY",
                Severity.WARN,
                "REPLICA IDENTITY FULL or NOTHING, row changes of a published table without a key, dropping the identity",
                "ACCESS EXCLUSIVE",
                "UPDATE and DELETE fail on the publisher, or send whole rows and search the subscriber without an index",
                "REPLICA IDENTITY USING INDEX of a unique index",
                "ALTER TABLE shop.t REPLICA IDENTITY FULL",
                "ALTER TABLE shop.t REPLICA IDENTITY USING INDEX t_uq"));
    }

    private static final Map<String, String> WEAK = Map.of("f", "FULL", "n", "NOTHING");

    @Override
    public Stream<Hit> check(Step step) {
        return Stream.of(identity(step), droppedKey(step), droppedIndex(step), rows(step))
                .flatMap(hits -> hits);
    }

    private static Stream<Hit> identity(Step step) {
        return Change.of(step, "ReplicaIdentity")
                .flatMap(change -> Optional.ofNullable(
                        WEAK.get(change.command().node().node("def").text("identity_type")))
                        .map(kind -> hit("REPLICA IDENTITY " + kind + " gives subscribers no key to find the row by")
                                .on(change.table())
                                .locking(LockMode.ACCESS_EXCLUSIVE))
                        .stream());
    }

    private static Stream<Hit> droppedKey(Step step) {
        boolean replaced = Change.addingConstraints(step)
                .anyMatch(change -> change.constraint().isPrimaryKey());
        return replaced
                ? Stream.empty()
                : Stream.concat(Change.of(step, "DropConstraint"), Change.of(step, "DropColumn"))
                        .filter(change -> isKey(step, change))
                        .map(change -> hit("dropping " + change.name()
                                        + " takes the key by which subscribers find the row")
                                .on(change.table()));
    }

    private static boolean isKey(Step step, Change change) {
        Optional<Table> table = step.table(change.table());
        if (change.command().is("DropColumn")) {
            return table.stream()
                    .flatMap(known -> known.indexes().stream())
                    .anyMatch(index -> (index.primary() || index.replicaIdentity())
                            && index.columns().contains(change.name()));
        }
        return table.map(known -> known.index(change.name())
                        .filter(index -> index.primary() || index.replicaIdentity())
                        .isPresent())
                .orElse(change.name().endsWith("_pkey"));
    }

    private static Stream<Hit> droppedIndex(Step step) {
        return !Drops.drops(step.tree(), "OBJECT_INDEX")
                ? Stream.empty()
                : Drops.names(step.tree()).stream()
                        .filter(name -> step.catalog()
                                .tableOfIndex(name)
                                .flatMap(table -> table.index(name.name()))
                                .filter(Index::replicaIdentity)
                                .isPresent())
                        .map(name -> hit("dropping " + name + " takes the table's replica identity")
                                .on(name));
    }

    private static Stream<Hit> rows(Step step) {
        return step.rowChanges().stream()
                .filter(node -> !node.is("InsertStmt"))
                .map(node -> Name.of(node.node("relation")))
                .filter(name -> Publications.publishes(step, name))
                .filter(name -> step.table(name)
                        .filter(table -> !table.hasPrimaryKey()
                                && table.indexes().stream().noneMatch(Index::replicaIdentity))
                        .isPresent())
                .map(name -> hit(name + " is published without a key: UPDATE and DELETE of it fail")
                        .on(name));
    }
}
