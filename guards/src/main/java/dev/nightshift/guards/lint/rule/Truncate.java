package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Drops;
import java.util.stream.Stream;

/** TBL-TRUNCATE: TRUNCATE. */
final class Truncate extends Rule {
    Truncate() {
        super(new RuleCard(
                "TBL-TRUNCATE",
                Severity.ERROR,
                "TRUNCATE",
                "ACCESS EXCLUSIVE on every listed and cascaded table",
                "all rows are gone at once, older snapshots included, and CASCADE empties tables that are not named",
                "batched DELETE, or dropping a partition",
                "TRUNCATE shop.orders",
                "CREATE TEMP TABLE x (a int); TRUNCATE x"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        if (!step.is("TruncateStmt")) {
            return Stream.empty();
        }
        boolean cascades = Drops.cascades(step.tree());
        return step.targets().stream()
                .filter(name -> (cascades && step.created(name).isEmpty()) || !step.isSurelyNew(name))
                .map(name -> hit("TRUNCATE " + name
                                + (cascades
                                        ? " CASCADE empties it and every table that refers to it"
                                        : " empties it at once"))
                        .on(name)
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
