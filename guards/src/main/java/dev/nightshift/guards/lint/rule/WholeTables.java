package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.lint.tree.Truths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which tables a query reads from end to end. */
final class WholeTables {
    private WholeTables() {}

    /** The tables, there before the script, that a query without a bound reads. */
    static List<Name> readBy(Step step, Node query) {
        Map<String, Node> ctes = new HashMap<>();
        step.tree().all("CommonTableExpr").forEach(cte -> ctes.put(cte.text("ctename"), cte.node("ctequery")));
        return of(query, ctes)
                .filter(name -> !step.isNew(name)
                        && !name.schema().equals("pg_catalog")
                        && !name.schema().equals("information_schema"))
                .distinct()
                .toList();
    }

    private static Stream<Name> of(Node query, Map<String, Node> ctes) {
        if (query.has("larg")) {
            return Stream.concat(of(query.node("larg"), ctes), of(query.node("rarg"), ctes));
        }
        boolean bounded =
                query.has("limitCount") || (query.has("whereClause") && !Truths.alwaysTrue(query.node("whereClause")));
        return bounded || !query.is("SelectStmt")
                ? Stream.empty()
                : query.list("fromClause").stream().flatMap(from -> source(from, ctes));
    }

    private static Stream<Name> source(Node from, Map<String, Node> ctes) {
        if (from.is("RangeSubselect")) {
            return of(from.node("subquery"), ctes);
        }
        if (from.is("JoinExpr")) {
            return Stream.of("larg", "rarg").flatMap(side -> source(from.node(side), ctes));
        }
        if (!from.is("RangeVar")) {
            return Stream.empty();
        }
        Name name = Name.of(from);
        Node cte = name.isQualified() ? null : ctes.get(name.name());
        if (cte == null) {
            return Stream.of(name);
        }
        Map<String, Node> others = new HashMap<>(ctes);
        others.put(name.name(), cte.node("nothing, for it is read"));
        return of(cte, others);
    }
}
