package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** IDX-WIDE-OR-HASH: a non-unique b-tree with more than 3 key columns, or a hash index. */
final class WideOrHashIndex extends Rule {
    WideOrHashIndex() {
        super(new RuleCard(
                "IDX-WIDE-OR-HASH",
                Severity.INFO,
                "a non-unique b-tree with more than 3 key columns, or a hash index",
                "-",
                "every write pays for each key column, and the columns behind the third rarely narrow a search",
                "a narrow index; b-tree instead of hash",
                "CREATE INDEX CONCURRENTLY w ON shop.t (a, b, c, d)",
                "CREATE INDEX CONCURRENTLY w ON shop.t (a, b)"));
    }

    private static final int MOST_KEYS = 3;

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (!step.is("IndexStmt")) {
            return Stream.empty();
        }
        Hit hit;
        if (tree.text("accessMethod").equals("hash")) {
            hit = hit("a hash index serves equality only; a b-tree does so as well and more");
        } else if (isBtree(tree)
                && !tree.flag("unique")
                && tree.list("indexParams").size() > MOST_KEYS) {
            hit = hit("an index on " + tree.list("indexParams").size() + " key columns");
        } else {
            return Stream.empty();
        }
        return Stream.of(hit.on(Name.of(tree.node("relation"))));
    }

    private static boolean isBtree(Node index) {
        String method = index.text("accessMethod");
        return method.isEmpty() || method.equals("btree");
    }
}
