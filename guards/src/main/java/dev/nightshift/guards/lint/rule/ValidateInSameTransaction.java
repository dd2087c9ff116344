package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import java.util.stream.Stream;

/** CON-VALIDATE-SAME-TXN: ADD … NOT VALID and VALIDATE in the same transaction or the same ALTER. */
final class ValidateInSameTransaction extends Rule {
    ValidateInSameTransaction() {
        super(new RuleCard(
                "CON-VALIDATE-SAME-TXN",
                Severity.ERROR,
                "ADD … NOT VALID and VALIDATE in the same transaction or the same ALTER",
                "as ADD CONSTRAINT took it",
                "the strong lock of ADD CONSTRAINT is kept through the scan, which NOT VALID was to avoid",
                "two transactions",
                "BEGIN; ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE shop.t VALIDATE CONSTRAINT c; COMMIT",
                "ALTER TABLE shop.t VALIDATE CONSTRAINT c"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.of(step, "ValidateConstraint")
                .filter(change -> Stream.concat(before(step, change), beside(step))
                        .anyMatch(added -> ScriptConstraints.mayBe(added, change.table(), change.name())))
                .map(change -> change.hit("VALIDATE CONSTRAINT " + change.name()
                        + " scans under the lock that ADD CONSTRAINT took in the same transaction"));
    }

    private static Stream<Constraint> before(Step step, Change change) {
        return step.earlierOn(change.table())
                .filter(earlier -> earlier.transaction() == step.transaction())
                .flatMap(earlier -> earlier.alterTable().stream())
                .flatMap(alter -> alter.commands().stream())
                .filter(AlterCommand::addsConstraint)
                .map(AlterCommand::constraint);
    }

    private static Stream<Constraint> beside(Step step) {
        return Change.addingConstraints(step).map(Change::constraint);
    }
}
