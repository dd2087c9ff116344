package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** IDX-CREATE-NONCONCURRENT: plain CREATE INDEX on a table that existed before this script. */
final class IndexNotConcurrent extends Rule {
    IndexNotConcurrent() {
        super(new RuleCard(
                "IDX-CREATE-NONCONCURRENT",
                Severity.ERROR,
                "plain CREATE INDEX on a table that existed before this script",
                "SHARE",
                "nobody can write to the table until the index is built",
                "CREATE INDEX CONCURRENTLY outside a transaction; drop an INVALID left-over first",
                "CREATE INDEX orders_customer ON shop.orders (customer_id)",
                "CREATE INDEX CONCURRENTLY orders_customer ON shop.orders (customer_id)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        Name table = Name.of(tree.node("relation"));
        if (!step.is("IndexStmt") || tree.flag("concurrent") || step.isNew(table) || onlyDeclares(step, table)) {
            return Stream.empty();
        }
        boolean partitioned = step.table(table).filter(Table::isPartitioned).isPresent();
        String message = partitioned
                ? "CREATE INDEX on a partitioned table builds on every partition at once and blocks all writes; build one "
                        + "per partition CONCURRENTLY, then CREATE INDEX ON ONLY the parent and ALTER INDEX ATTACH PARTITION"
                : "CREATE INDEX without CONCURRENTLY blocks every write to the table for the whole build";
        return Stream.of(hit(message).on(table).locking(LockMode.SHARE).weighedBySize());
    }

    /** ON ONLY a partitioned parent makes an index without anything in it. */
    private static boolean onlyDeclares(Step step, Name table) {
        boolean only = !step.tree().node("relation").flag("inh");
        return only && step.table(table).map(Table::isPartitioned).orElse(true);
    }
}
