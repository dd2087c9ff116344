package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import java.util.stream.Stream;

/** COL-ADD-REQUIRED: ADD COLUMN NOT NULL without a default. */
final class RequiredColumn extends Rule {
    RequiredColumn() {
        super(new RuleCard(
                "COL-ADD-REQUIRED",
                Severity.ERROR,
                "ADD COLUMN NOT NULL without a default",
                "ACCESS EXCLUSIVE",
                "it fails if the table has a row, and INSERTs of the running application fail afterwards",
                "nullable first, or with a constant DEFAULT",
                "ALTER TABLE shop.t ADD COLUMN x int NOT NULL",
                "ALTER TABLE shop.t ADD COLUMN x int NOT NULL DEFAULT 0"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingColumns(step)
                .filter(change -> lacksValue(change.column()))
                .map(change -> change.hit(change.column().name()
                        + " is NOT NULL but has no default: rows that exist have no value for it"));
    }

    private static boolean lacksValue(Column column) {
        return column.isNotNull()
                && column.defaultValue().isEmpty()
                && !column.isIdentity()
                && !column.isGenerated()
                && !column.type().isSerial();
    }
}
