package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Constraint;
import java.util.stream.Stream;

/** COL-ADD-STORED-GENERATED: ADD COLUMN GENERATED … STORED. */
final class StoredGenerated extends Rule {
    StoredGenerated() {
        super(new RuleCard(
                "COL-ADD-STORED-GENERATED",
                Severity.ERROR,
                "ADD COLUMN GENERATED … STORED",
                "ACCESS EXCLUSIVE",
                "the whole table is written anew while nobody can read it",
                "a plain column with a trigger and a backfill; or VIRTUAL on PostgreSQL 18",
                "ALTER TABLE shop.t ADD COLUMN c int GENERATED ALWAYS AS (a * 2) STORED",
                "ALTER TABLE shop.t ADD COLUMN c int GENERATED ALWAYS AS (a * 2) VIRTUAL"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Stream.concat(
                Change.addingColumns(step)
                        .filter(change -> change.column().constraints().anyMatch(Constraint::isStoredGenerated))
                        .map(change -> rewrite(
                                change,
                                "adding the stored column " + change.column().name())),
                Change.of(step, "SetExpression")
                        .map(change -> rewrite(change, "a new expression for " + change.name())));
    }

    private static Hit rewrite(Change change, String what) {
        return change.hit(what + " computes and writes every row")
                .locking(LockMode.ACCESS_EXCLUSIVE)
                .weighedBySize();
    }
}
