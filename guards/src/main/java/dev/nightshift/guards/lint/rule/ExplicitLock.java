package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** TBL-EXPLICIT-LOCK: LOCK TABLE in SHARE mode or stronger. */
final class ExplicitLock extends Rule {
    ExplicitLock() {
        super(new RuleCard(
                "TBL-EXPLICIT-LOCK",
                Severity.WARN,
                "LOCK TABLE in SHARE mode or stronger",
                "as written; ACCESS EXCLUSIVE when no mode is given",
                "all who want the table wait behind it, and it is held to the end of the transaction",
                "NOWAIT or a lock_timeout, in a short transaction",
                "LOCK TABLE shop.t",
                "LOCK TABLE shop.t IN ACCESS SHARE MODE"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        LockMode mode = LockMode.ofNumber(step.tree().number("mode"));
        if (!step.is("LockStmt") || !mode.blocksWrites() || step.tree().flag("nowait")) {
            return Stream.empty();
        }
        return step.targets().stream()
                .filter(name -> !step.isNew(name))
                .map(name -> hit("LOCK TABLE " + name + " waits in front of everyone who comes later")
                        .on(name)
                        .locking(mode));
    }
}
