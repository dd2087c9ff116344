package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** PART-CREATE-OF: CREATE TABLE … PARTITION OF an existing parent. */
final class PartitionOf extends Rule {
    PartitionOf() {
        super(new RuleCard(
                "PART-CREATE-OF",
                Severity.WARN,
                "CREATE TABLE … PARTITION OF an existing parent",
                "ACCESS EXCLUSIVE on the parent",
                "readers and writers of the whole partitioned table queue up behind it",
                "CREATE TABLE (LIKE parent), then ATTACH PARTITION",
                "CREATE TABLE shop.p_2026 PARTITION OF shop.p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE shop.p_2026 (LIKE shop.p INCLUDING ALL)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        boolean partition = (step.is("CreateStmt") && step.tree().has("partbound"))
                || (step.is("CreateForeignTableStmt")
                        && step.tree().node("base").has("partbound"));
        Node table = step.is("CreateStmt") ? step.tree() : step.tree().node("base");
        return !partition
                ? Stream.empty()
                : table.list("inhRelations").stream()
                        .map(Name::of)
                        .filter(parent -> !step.isNew(parent))
                        .map(parent -> hit("PARTITION OF locks all of " + parent
                                        + " against readers; ATTACH PARTITION does not")
                                .on(parent)
                                .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
