package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** IDX-CONCURRENT-NOT-RERUNNABLE: CONCURRENTLY build without a name, or IF NOT EXISTS with no drop of an INVALID index before it. */
final class ConcurrentNotRerunnable extends Rule {
    ConcurrentNotRerunnable() {
        super(new RuleCard(
                "IDX-CONCURRENT-NOT-RERUNNABLE",
                Severity.WARN,
                "CONCURRENTLY build without a name, or IF NOT EXISTS with no drop of an INVALID index before it",
                "-",
                "a failed build leaves an INVALID index: without a name it is built twice, and IF NOT EXISTS accepts the broken one",
                "name it, and DROP INDEX CONCURRENTLY IF EXISTS it first",
                "CREATE INDEX CONCURRENTLY ON shop.t (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS shop.t_a; CREATE INDEX CONCURRENTLY t_a ON shop.t (a)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        Name table = Name.of(tree.node("relation"));
        if (!step.is("IndexStmt") || !tree.flag("concurrent") || step.isNew(table)) {
            return Stream.empty();
        }
        String index = tree.text("idxname");
        if (index.isEmpty()) {
            return Stream.of(
                    hit("an index without a name is built again under another name when the build is tried again")
                            .on(table));
        }
        if (tree.flag("if_not_exists") && !dropsBefore(step, index) && !provenGood(step, table, index)) {
            return Stream.of(hit("IF NOT EXISTS takes an INVALID index that a failed build left behind for a good one")
                    .on(table));
        }
        return Stream.empty();
    }

    private static boolean dropsBefore(Step step, String index) {
        return step.timeline().on(index).stream()
                .anyMatch(other -> other.index() < step.index() && Drops.drops(other.tree(), "OBJECT_INDEX"));
    }

    /** The catalog knows the table: then the index is not there, or is there and valid. */
    private static boolean provenGood(Step step, Name table, String index) {
        return step.table(table)
                .map(known -> known.index(index).map(Index::valid).orElse(true))
                .orElse(false);
    }
}
