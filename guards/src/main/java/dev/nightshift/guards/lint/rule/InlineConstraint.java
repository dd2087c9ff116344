package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;
import java.util.stream.Stream;

/** COL-ADD-INLINE-CONSTRAINT: ADD COLUMN with REFERENCES, UNIQUE, PRIMARY KEY or CHECK. */
final class InlineConstraint extends Rule {
    InlineConstraint() {
        super(new RuleCard(
                "COL-ADD-INLINE-CONSTRAINT",
                Severity.ERROR,
                "ADD COLUMN with REFERENCES, UNIQUE, PRIMARY KEY or CHECK",
                "ACCESS EXCLUSIVE; for REFERENCES also SHARE ROW EXCLUSIVE on the other table",
                "the constraint is built or checked over the whole table under the lock of ADD COLUMN",
                "add the bare column; then the constraint NOT VALID, or an index CONCURRENTLY and USING INDEX",
                "ALTER TABLE shop.t ADD COLUMN c bigint REFERENCES shop.p (id)",
                "ALTER TABLE shop.t ADD COLUMN c bigint"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingColumns(step)
                .flatMap(change -> change.column()
                        .constraints()
                        .filter(constraint -> costs(constraint, change.column()))
                        .map(constraint -> hit("ADD COLUMN " + change.column().name() + " with an inline "
                                        + words(constraint))
                                .at(constraint.node())
                                .on(change.table())
                                .weighedBySize()));
    }

    private static boolean costs(Constraint constraint, Column column) {
        return constraint.needsIndex()
                || ((constraint.isForeignKey() || constraint.isCheck()) && column.enforces(constraint));
    }

    private static String words(Constraint constraint) {
        if (constraint.isForeignKey()) {
            return "foreign key locks the table, and the other one against writers";
        }
        return constraint.isCheck()
                ? "CHECK scans the table under the strong lock"
                : "key builds its index under the strong lock";
    }
}
