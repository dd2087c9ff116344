package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import java.util.Comparator;
import java.util.stream.Stream;

/** TXN-LOCK-TIMEOUT-MISSING: a lock that blocks writers with no lock_timeout in force. */
final class LockTimeoutMissing extends Rule {
    LockTimeoutMissing() {
        super(new RuleCard(
                "TXN-LOCK-TIMEOUT-MISSING",
                Severity.ERROR,
                "a lock that blocks writers with no lock_timeout in force",
                "SHARE or stronger",
                "while it waits for one long query, everybody else queues up behind it",
                "SET lock_timeout to 5s or less, and try again",
                "ALTER TABLE shop.t ADD COLUMN a int",
                "SET lock_timeout = '2s'; ALTER TABLE shop.t ADD COLUMN a int"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        boolean waits = !step.tree().flag("nowait");
        if (!waits
                || step.strongLocks().isEmpty()
                || InForce.timeout(step, "lock_timeout").isPresent()) {
            return Stream.empty();
        }
        return step.strongLocks().stream()
                .sorted(Comparator.comparing(lock -> !lock.named()))
                .limit(1)
                .map(lock -> hit("no lock_timeout is in force: behind a statement that waits for " + lock.relation()
                                + " everyone else waits too")
                        .on(lock.relation())
                        .locking(lock.mode()));
    }
}
