package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** CON-FK-VALIDATING: ADD FOREIGN KEY without NOT VALID. */
final class ValidatingForeignKey extends Rule {
    ValidatingForeignKey() {
        super(new RuleCard(
                "CON-FK-VALIDATING",
                Severity.ERROR,
                "ADD FOREIGN KEY without NOT VALID",
                "SHARE ROW EXCLUSIVE",
                "both tables are locked against writers while the whole referencing table is checked",
                "NOT VALID; then VALIDATE CONSTRAINT in another transaction",
                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id)",
                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id) NOT VALID"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingConstraints(step)
                .filter(change -> change.constraint().isForeignKey()
                        && change.constraint().validates())
                .map(change -> change.hit("ADD FOREIGN KEY checks every row while " + change.table() + " and "
                                + parent(change) + " are locked against writers")
                        .locking(LockMode.SHARE_ROW_EXCLUSIVE)
                        .weighedBySize());
    }

    private static String parent(Change change) {
        return change.constraint().parent().map(Name::toString).orElse("its parent");
    }
}
