package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** STMT-COMBINE: several scanning ALTERs on one table that one ALTER could do in one pass. */
final class Combine extends Rule {
    Combine() {
        super(new RuleCard(
                "STMT-COMBINE",
                Severity.INFO,
                "several scanning ALTERs on one table that one ALTER could do in one pass",
                "-",
                "each scans the table again under its lock",
                "one ALTER TABLE with all actions; but never NOT VALID and VALIDATE together",
                "ALTER TABLE shop.t ALTER a SET NOT NULL; ALTER TABLE shop.t ALTER b SET NOT NULL",
                "ALTER TABLE shop.t ALTER a SET NOT NULL, ALTER b SET NOT NULL"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Optional<Change> scan = scan(step);
        if (scan.isEmpty()) {
            return Stream.empty();
        }
        Name table = scan.get().table();
        List<Step> before = step.earlierOn(table).toList();
        for (int i = before.size() - 1; i >= 0; i--) {
            if (!before.get(i).is("AlterTableStmt")) {
                return Stream.empty();
            }
            Optional<Change> other = scan(before.get(i));
            if (other.isPresent()) {
                return validates(other.get()) == validates(scan.get())
                        ? Stream.of(
                                hit("an ALTER TABLE before scans " + table + " as well: one could do both in one pass")
                                        .on(table))
                        : Stream.empty();
            }
        }
        return Stream.empty();
    }

    private static Optional<Change> scan(Step step) {
        return Change.of(step)
                .filter(change -> !change.command().is("AttachPartition"))
                .filter(change -> Scans.scans(step, change))
                .findFirst();
    }

    private static boolean validates(Change change) {
        return change.command().is("ValidateConstraint");
    }
}
