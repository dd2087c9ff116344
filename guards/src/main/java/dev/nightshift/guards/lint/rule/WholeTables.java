package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.lint.tree.Truths;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which tables a query reads from end to end. */
final class WholeTables {
    private WholeTables() {}

    /** The tables, there before the script, that a query without a bound reads. */
    static List<Name> readBy(Step step, Node query) {
        if (query.has("larg")) {
            return Stream.concat(readBy(step, query.node("larg")).stream(), readBy(step, query.node("rarg")).stream())
                    .toList();
        }
        boolean bounded =
                query.has("limitCount") || (query.has("whereClause") && !Truths.alwaysTrue(query.node("whereClause")));
        if (bounded || !query.is("SelectStmt")) {
            return List.of();
        }
        Set<String> ctes = Dml.cteNames(query);
        return query.list("fromClause").stream()
                .flatMap(from -> from.all("RangeVar"))
                .map(Name::of)
                .filter(name -> name.isQualified() || !ctes.contains(name.name()))
                .filter(name -> !step.isNew(name)
                        && !name.schema().equals("pg_catalog")
                        && !name.schema().equals("information_schema"))
                .distinct()
                .toList();
    }
}
