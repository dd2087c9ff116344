package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PART-ATTACH-UNPROVEN: ATTACH PARTITION without a validated CHECK that proves the bounds, or beside a DEFAULT partition. */
final class AttachUnproven extends Rule {
    AttachUnproven() {
        super(
                new RuleCard(
                        "PART-ATTACH-UNPROVEN",
                        Severity.ERROR,
                        "ATTACH PARTITION without a validated CHECK that proves the bounds, or beside a DEFAULT partition",
                        "ACCESS EXCLUSIVE on the partition and the default one, SHARE UPDATE EXCLUSIVE on the parent",
                        "the new partition, and the default one, are scanned while nobody can read them",
                        "CHECK NOT VALID, VALIDATE, attach, drop the CHECK",
                        "ALTER TABLE shop.p ATTACH PARTITION shop.c FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "ALTER TABLE shop.c ADD CONSTRAINT k CHECK (d IS NOT NULL AND d >= '2026-01-01' AND d < '2026-02-01') NOT VALID; ALTER TABLE shop.c VALIDATE CONSTRAINT k; ALTER TABLE shop.p ATTACH PARTITION shop.c FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.of(step, "AttachPartition").flatMap(change -> {
            Node def = change.command().node().node("def");
            Name child = Name.of(def.node("name"));
            return Stream.concat(child(step, change, child, def.node("bound")), defaultPartition(step, change, child));
        });
    }

    private static Stream<Hit> child(Step step, Change change, Name child, Node bound) {
        return step.isNew(child) || proven(step, change.table(), child, bound)
                ? Stream.empty()
                : Stream.of(hit("ATTACH PARTITION scans " + child + ", as no validated CHECK proves that its rows fit")
                        .on(child)
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }

    private static Stream<Hit> defaultPartition(Step step, Change change, Name child) {
        return step
                .table(change.table())
                .flatMap(Table::defaultPartition)
                .filter(partition -> !partition.equals(child))
                .stream()
                .map(partition -> hit("ATTACH PARTITION scans the default partition " + partition
                                + " for rows of the new one")
                        .on(partition)
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }

    private static boolean proven(Step step, Name parent, Name child, Node bound) {
        List<String> key = step.table(parent).map(Table::partitionKey).orElse(List.of());
        List<Node> checks = ValidatedChecks.of(step, child);
        Set<String> notNull = step.table(child).stream()
                .flatMap(table -> table.columns().stream())
                .filter(dev.nightshift.guards.lint.catalog.Column::notNull)
                .map(dev.nightshift.guards.lint.catalog.Column::name)
                .collect(Collectors.toCollection(HashSet::new));
        ScriptConstraints.commandsBefore(step, child)
                .filter(command -> command.is("SetNotNull"))
                .forEach(command -> notNull.add(command.name()));
        List<Node> conjuncts = checks.stream().flatMap(Expressions::conjuncts).toList();
        return AttachedBounds.provenBy(conjuncts, bound, key, notNull);
    }
}
