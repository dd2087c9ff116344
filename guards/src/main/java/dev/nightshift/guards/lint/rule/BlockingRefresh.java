package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** MV-REFRESH-BLOCKING: REFRESH MATERIALIZED VIEW without CONCURRENTLY. */
final class BlockingRefresh extends Rule {
    BlockingRefresh() {
        super(new RuleCard(
                "MV-REFRESH-BLOCKING",
                Severity.WARN,
                "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
                "ACCESS EXCLUSIVE on the view",
                "nobody can read the view until its query has run",
                "CONCURRENTLY, which needs a unique index",
                "REFRESH MATERIALIZED VIEW shop.mv",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY shop.mv"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Name view = Name.of(step.tree().node("relation"));
        return !step.is("RefreshMatViewStmt") || step.tree().flag("concurrent") || step.isNew(view)
                ? Stream.empty()
                : Stream.of(hit("nobody can read " + view + " until its query has run")
                        .on(view)
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
