package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.flow.Transaction;
import dev.nightshift.guards.lint.tree.Name;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CON-MULTI-FK-TXN: foreign keys to more than one parent in one transaction or statement. */
final class SeveralForeignKeys extends Rule {
    private static final int SHOWN = 10;

    SeveralForeignKeys() {
        super(new RuleCard(
                "CON-MULTI-FK-TXN",
                Severity.WARN,
                "foreign keys to more than one parent in one transaction or statement",
                "SHARE ROW EXCLUSIVE on each table",
                "three or more tables are locked at once: a deadlock with the application is only a matter of order",
                "one foreign key a transaction",
                "BEGIN; ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES shop.b NOT VALID; ALTER TABLE shop.a ADD CONSTRAINT g FOREIGN KEY (c) REFERENCES shop.c NOT VALID; COMMIT",
                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES shop.b NOT VALID"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Map<Step, Set<Name>> crowded =
                step.transaction().remembered(SeveralForeignKeys.class, () -> crowded(step.transaction()));
        return Optional.ofNullable(crowded.get(step)).stream()
                .map(parents -> hit("foreign keys to " + names(parents) + " lock all of them at once")
                        .locking(LockMode.SHARE_ROW_EXCLUSIVE));
    }

    /** The statements that add a parent to one or more, with all parents up to them. */
    private static Map<Step, Set<Name>> crowded(Transaction transaction) {
        Map<Step, Set<Name>> crowded = new HashMap<>();
        Set<Name> all = new LinkedHashSet<>();
        for (Step step : transaction.steps()) {
            if (all.addAll(parents(step)) && all.size() > 1) {
                crowded.put(step, new LinkedHashSet<>(all.stream().limit(SHOWN).toList()));
            }
        }
        return crowded;
    }

    private static Set<Name> parents(Step step) {
        Set<Name> parents = new LinkedHashSet<>();
        ForeignKeys.of(step)
                .filter(key -> key.parent()
                        .filter(parent -> !step.isNew(parent) && !step.sameRelation(parent, key.table()))
                        .isPresent())
                .forEach(key -> parents.add(step.resolved(key.parent().orElseThrow())));
        return parents;
    }

    private static String names(Set<Name> names) {
        return names.stream().map(Name::toString).collect(Collectors.joining(", "));
    }
}
