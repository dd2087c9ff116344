package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.lint.tree.Truths;
import java.util.Optional;
import java.util.stream.Stream;

/** DML-UNBOUNDED: UPDATE or DELETE without WHERE, with one that is always true, or without a bound on a big table. */
final class UnboundedRowChange extends Rule {
    UnboundedRowChange() {
        super(new RuleCard(
                "DML-UNBOUNDED",
                Severity.ERROR,
                "UPDATE or DELETE without WHERE, with one that is always true, or without a bound on a big table",
                "ROW EXCLUSIVE, and every row",
                "every row is locked and written at once: WAL in a burst, bloat, and replicas that fall behind",
                "a supervised backfill in batches",
                "UPDATE shop.t SET a = 0",
                "UPDATE shop.t SET a = 0 WHERE id > 100 AND id <= 5100"));
    }

    private static final long BIG_TABLE_ROWS = 100_000;

    @Override
    public Stream<Hit> check(Step step) {
        return step.rowChanges().stream()
                .filter(node -> !node.is("InsertStmt"))
                .filter(node -> !step.isNew(Name.of(node.node("relation"))))
                .flatMap(node -> why(step, node).stream()
                        .map(why -> hit(why).at(node.node("relation"))
                                .on(Name.of(node.node("relation")))
                                .locking(LockMode.ROW_EXCLUSIVE)
                                .weighedBySize()));
    }

    private static Optional<String> why(Step step, Node node) {
        String what = words(node);
        Node condition = node.is("MergeStmt") ? node.node("joinCondition") : node.node("whereClause");
        if (node.is("MergeStmt") && !changesMatched(node)) {
            return Optional.empty();
        }
        if (condition.isNothing()) {
            return Optional.of(what + " without WHERE changes every row in one statement");
        }
        if (condition.is("CurrentOfExpr")) {
            return Optional.empty();
        }
        if (Truths.alwaysTrue(condition) || Bounds.selectsItself(node, condition)) {
            return Optional.of(what + " with a condition that is always true changes every row in one statement");
        }
        return isBig(step, node) && !Bounds.bounds(step, node, condition)
                ? Optional.of(what + " of a big table without a bound on its key may change any number of rows")
                : Optional.empty();
    }

    private static String words(Node node) {
        return node.is("UpdateStmt") ? "UPDATE" : node.is("DeleteStmt") ? "DELETE" : "MERGE";
    }

    private static boolean changesMatched(Node merge) {
        return merge.list("mergeWhenClauses").stream()
                .anyMatch(clause -> clause.text("commandType").equals("CMD_UPDATE")
                        || clause.text("commandType").equals("CMD_DELETE"));
    }

    private static boolean isBig(Step step, Node node) {
        return step.table(Name.of(node.node("relation")))
                .map(Table::rows)
                .filter(rows -> rows.orElse(0) >= BIG_TABLE_ROWS)
                .isPresent();
    }
}
