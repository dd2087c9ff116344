package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** COL-SET-NOT-NULL: SET NOT NULL without a validated constraint that proves it. */
final class SetNotNull extends Rule {
    SetNotNull() {
        super(new RuleCard(
                "COL-SET-NOT-NULL",
                Severity.ERROR,
                "SET NOT NULL without a validated constraint that proves it",
                "ACCESS EXCLUSIVE",
                "the whole table is scanned while nobody can read it",
                "CHECK (c IS NOT NULL) NOT VALID; VALIDATE in another transaction; SET NOT NULL; drop the CHECK",
                "ALTER TABLE shop.t ALTER COLUMN a SET NOT NULL",
                "ALTER TABLE shop.t VALIDATE CONSTRAINT a_not_null; ALTER TABLE shop.t ALTER COLUMN a SET NOT NULL"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Stream.concat(
                Change.of(step, "SetNotNull")
                        .filter(change -> !NotNullProof.holds(step, change.table(), change.name()))
                        .map(change -> scan(change, change.name())),
                Change.addingConstraints(step)
                        .filter(change -> change.constraint().isNotNull()
                                && change.constraint().validates())
                        .flatMap(change -> Constraints.notNullColumns(change.constraint()).stream()
                                .filter(column -> !NotNullProof.holds(step, change.table(), column))
                                .map(column -> scan(change, column))));
    }

    private static Hit scan(Change change, String column) {
        return change.hit("SET NOT NULL scans the table for a NULL in " + column
                        + ", as no validated constraint proves that there is none")
                .locking(LockMode.ACCESS_EXCLUSIVE)
                .weighedBySize();
    }
}
