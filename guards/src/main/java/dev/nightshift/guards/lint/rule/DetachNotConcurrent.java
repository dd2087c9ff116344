package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** PART-DETACH-NONCONCURRENT: DETACH PARTITION without CONCURRENTLY. */
final class DetachNotConcurrent extends Rule {
    DetachNotConcurrent() {
        super(new RuleCard(
                "PART-DETACH-NONCONCURRENT",
                Severity.ERROR,
                "DETACH PARTITION without CONCURRENTLY",
                "ACCESS EXCLUSIVE on parent and partition",
                "readers and writers of the whole partitioned table queue up behind it",
                "DETACH … CONCURRENTLY; FINALIZE after an interruption",
                "ALTER TABLE shop.p DETACH PARTITION shop.c",
                "ALTER TABLE shop.p DETACH PARTITION shop.c CONCURRENTLY"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.of(step, "DetachPartition")
                .filter(change -> !change.command().node().node("def").flag("concurrent"))
                .map(change -> hit("DETACH PARTITION locks all of " + change.table() + " against readers")
                        .on(change.table())
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
