package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.lint.tree.Truths;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a condition keeps the number of rows small. */
final class Bounds {
    private Bounds() {}

    /** {@code WHERE id IN (SELECT id FROM same_table)}: all of them. */
    static boolean selectsItself(Node change, Node condition) {
        Node query = condition.node("subselect");
        return condition.is("SubLink")
                && condition.text("subLinkType").equals("ANY_SUBLINK")
                && condition.list("operName").isEmpty()
                && !query.has("limitCount")
                && !query.has("larg")
                && (!query.has("whereClause") || Truths.alwaysTrue(query.node("whereClause")))
                && query.list("fromClause").size() == 1
                && query.list("fromClause").get(0).is("RangeVar")
                && Name.of(query.list("fromClause").get(0)).equals(Name.of(change.node("relation")))
                && query.list("targetList").size() == 1
                && Expressions.column(query.list("targetList").get(0).node("val"))
                        .equals(Expressions.column(condition.node("testexpr")));
    }

    /** A limit somewhere, or a comparison of a column that an index leads with. */
    static boolean bounds(Step step, Node change, Node condition) {
        if (change.all("SelectStmt").anyMatch(query -> query.has("limitCount"))) {
            return true;
        }
        Set<String> leading = step.table(Name.of(change.node("relation"))).stream()
                .flatMap(table -> table.indexes().stream())
                .filter(index -> !index.columns().isEmpty())
                .map(index -> index.columns().get(0))
                .collect(Collectors.toSet());
        return Expressions.conjuncts(condition).anyMatch(part -> comparesColumn(part, leading));
    }

    private static boolean comparesColumn(Node part, Set<String> columns) {
        boolean compares = part.is("A_Expr") && !Set.of("<>", "~~", "~").contains(Expressions.operator(part));
        boolean among = part.is("SubLink") && part.text("subLinkType").equals("ANY_SUBLINK");
        return (compares || among)
                && Stream.of("lexpr", "rexpr", "testexpr")
                        .flatMap(side -> Expressions.column(part.node(side)).stream())
                        .anyMatch(columns::contains);
    }
}
