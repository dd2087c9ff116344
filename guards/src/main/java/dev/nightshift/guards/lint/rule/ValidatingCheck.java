package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** CON-CHECK-VALIDATING: ADD CHECK without NOT VALID. */
final class ValidatingCheck extends Rule {
    ValidatingCheck() {
        super(new RuleCard(
                "CON-CHECK-VALIDATING",
                Severity.ERROR,
                "ADD CHECK without NOT VALID",
                "ACCESS EXCLUSIVE",
                "the whole table is scanned while nobody can read it",
                "NOT VALID; then VALIDATE CONSTRAINT in another transaction",
                "ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0)",
                "ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingConstraints(step)
                .filter(change ->
                        change.constraint().isCheck() && change.constraint().validates())
                .map(change -> change.hit("ADD CHECK without NOT VALID scans the table under the strong lock")
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }
}
