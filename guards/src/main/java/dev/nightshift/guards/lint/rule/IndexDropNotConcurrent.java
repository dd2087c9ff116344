package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Drops;
import java.util.stream.Stream;

/** IDX-DROP-NONCONCURRENT: DROP INDEX without CONCURRENTLY. */
final class IndexDropNotConcurrent extends Rule {
    IndexDropNotConcurrent() {
        super(new RuleCard(
                "IDX-DROP-NONCONCURRENT",
                Severity.ERROR,
                "DROP INDEX without CONCURRENTLY",
                "ACCESS EXCLUSIVE",
                "readers and writers of the table queue up behind the lock",
                "DROP INDEX CONCURRENTLY, one index per statement",
                "DROP INDEX shop.orders_customer",
                "DROP INDEX CONCURRENTLY IF EXISTS shop.orders_customer"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        if (!Drops.drops(step.tree(), "OBJECT_INDEX") || step.tree().flag("concurrent")) {
            return Stream.empty();
        }
        return step.locks().stream()
                .map(lock -> hit("DROP INDEX without CONCURRENTLY locks the index's table against readers and writers")
                        .on(lock.relation())
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
