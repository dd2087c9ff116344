package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CON-MULTI-FK-TXN: foreign keys to more than one parent in one transaction or statement. */
final class SeveralForeignKeys extends Rule {
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
        Set<Name> own = parents(step);
        if (own.isEmpty()) {
            return Stream.empty();
        }
        Set<Name> before = new LinkedHashSet<>();
        for (Step other : step.transaction().steps()) {
            if (other == step) {
                break;
            }
            before.addAll(parents(other));
        }
        Set<Name> all = new LinkedHashSet<>(before);
        all.addAll(own);
        boolean adds = all.size() > Math.max(1, before.size());
        return adds
                ? Stream.of(hit("foreign keys to " + names(all) + " lock all of them at once")
                        .locking(LockMode.SHARE_ROW_EXCLUSIVE))
                : Stream.empty();
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
