package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TXN-MULTI-TABLE-LOCKS: strong locks on two or more existing tables in one transaction. */
final class SeveralTables extends Rule {
    SeveralTables() {
        super(new RuleCard(
                "TXN-MULTI-TABLE-LOCKS",
                Severity.WARN,
                "strong locks on two or more existing tables in one transaction",
                "SHARE or stronger on each",
                "the application locks them in another order: one of both is killed by a deadlock, or all wait",
                "one table a transaction, or a fixed order",
                "BEGIN; ALTER TABLE shop.a ADD x int; ALTER TABLE shop.b ADD x int; COMMIT",
                "BEGIN; ALTER TABLE shop.a ADD x int; ALTER TABLE shop.a ADD y int; COMMIT"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return step.transaction().crowd().filter(crowd -> crowd.step() == step).stream()
                .map(crowd -> hit("one transaction locks "
                                + crowd.tables().stream().map(Name::toString).collect(Collectors.joining(", ")))
                        .on(crowd.tables().get(crowd.tables().size() - 1)));
    }
}
