package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Maintenance;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** IDX-REINDEX-NONCONCURRENT: REINDEX without CONCURRENTLY. */
final class ReindexNotConcurrent extends Rule {
    ReindexNotConcurrent() {
        super(new RuleCard(
                "IDX-REINDEX-NONCONCURRENT",
                Severity.ERROR,
                "REINDEX without CONCURRENTLY",
                "SHARE on the table, ACCESS EXCLUSIVE on each index",
                "writers wait for the whole build, and readers that plan on the index do too",
                "REINDEX (CONCURRENTLY) INDEX or TABLE",
                "REINDEX TABLE shop.orders",
                "REINDEX TABLE CONCURRENTLY shop.orders"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        if (!step.is("ReindexStmt") || Maintenance.isConcurrentReindex(step.tree())) {
            return Stream.empty();
        }
        Hit hit = hit("REINDEX without CONCURRENTLY blocks writes, and reads that use the index, for the whole build");
        Name target = Name.of(step.tree().node("relation"));
        if (target.name().isEmpty()) {
            return Stream.of(hit);
        }
        return step.locks().stream().map(lock -> hit.on(lock.relation()).weighedBySize());
    }
}
