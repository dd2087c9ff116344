package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DML-BATCH-NOT-KEYSET: a batch by OFFSET, by LIMIT without ORDER BY, or by NOT IN (subquery). */
final class BatchWithoutKeyset extends Rule {
    BatchWithoutKeyset() {
        super(new RuleCard(
                "DML-BATCH-NOT-KEYSET",
                Severity.WARN,
                "a batch by OFFSET, by LIMIT without ORDER BY, or by NOT IN (subquery)",
                "-",
                "each batch reads what those before it have read; without an order batches overlap; NOT IN gives nothing when there is a NULL",
                "walk the primary key: key > last AND key <= bound",
                "UPDATE shop.t SET a = 1 WHERE id IN (SELECT id FROM shop.t ORDER BY id OFFSET 5000 LIMIT 1000)",
                "UPDATE shop.t SET a = 1 WHERE id IN (SELECT id FROM shop.t WHERE id > 5000 ORDER BY id LIMIT 1000)"));
    }

    private static final Set<String> SINGLE = Set.of("EXPR_SUBLINK", "EXISTS_SUBLINK");

    @Override
    public Stream<Hit> check(Step step) {
        List<Node> changes = step.rowChanges();
        if (changes.isEmpty()) {
            return Stream.empty();
        }
        Stream<Node> conditions = changes.stream()
                .flatMap(node -> Stream.of("whereClause", "selectStmt", "sourceRelation", "joinCondition")
                        .map(node::node));
        Stream<Node> sources = changes.stream()
                .flatMap(node -> Stream.of("fromClause", "usingClause").flatMap(list -> node.list(list).stream()));
        Stream<Node> ctes = step.tree().all("CommonTableExpr").map(cte -> cte.node("ctequery"));
        return Stream.of(conditions, sources, ctes)
                .flatMap(parts -> parts)
                .flatMap(BatchWithoutKeyset::parts)
                .flatMap(node -> problem(node).stream().map(why -> hit(why).at(node)))
                .distinct()
                .limit(1);
    }

    /** All of a condition but single values and EXISTS: a LIMIT in them makes no batch. */
    private static Stream<Node> parts(Node node) {
        boolean single = node.is("SubLink") && SINGLE.contains(node.text("subLinkType"));
        return single
                ? Stream.empty()
                : Stream.concat(Stream.of(node), node.children().stream().flatMap(BatchWithoutKeyset::parts));
    }

    private static Optional<String> problem(Node node) {
        if (node.is("SelectStmt")) {
            return ofQuery(node);
        }
        boolean notIn =
                Expressions.isBool(node, "NOT_EXPR") && isIn(node.list("args").get(0));
        boolean notAny = node.is("SubLink")
                && node.text("subLinkType").equals("ALL_SUBLINK")
                && Name.of(node.list("operName")).name().equals("<>");
        return notIn || notAny
                ? Optional.of("NOT IN (subquery) reads the whole subquery for each batch")
                : Optional.empty();
    }

    private static boolean isIn(Node node) {
        return node.is("SubLink")
                && node.text("subLinkType").equals("ANY_SUBLINK")
                && node.list("operName").isEmpty();
    }

    private static Optional<String> ofQuery(Node query) {
        boolean offset = query.has("limitOffset")
                && Expressions.constant(query.node("limitOffset"))
                        .filter("0"::equals)
                        .isEmpty();
        if (offset) {
            return Optional.of("OFFSET reads and throws away all rows before it, again for each batch");
        }
        boolean one = Expressions.constant(query.node("limitCount"))
                .filter("1"::equals)
                .isPresent();
        boolean limit = query.has("limitCount") && !one && !Expressions.isNull(query.node("limitCount"));
        return limit
                        && query.list("sortClause").isEmpty()
                        && !query.list("fromClause").isEmpty()
                ? Optional.of("LIMIT without ORDER BY takes other rows each time")
                : Optional.empty();
    }
}
