package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Syntax that the grammar, which is PostgreSQL 18's, takes and an older server does not. */
final class NewSyntax {
    private record Feature(int since, String name, Predicate<Node> isUsed) {}

    private static final Set<String> JSON_16 =
            Set.of("JsonObjectConstructor", "JsonArrayConstructor", "JsonArrayQueryConstructor", "JsonIsPredicate");
    private static final Set<String> JSON_17 =
            Set.of("JsonTable", "JsonFuncExpr", "JsonParseExpr", "JsonScalarExpr", "JsonSerializeExpr");

    private static final List<Feature> FEATURES = List.of(
            new Feature(15, "MERGE", node -> node.is("MergeStmt")),
            new Feature(15, "NULLS NOT DISTINCT", node -> node.flag("nulls_not_distinct")),
            new Feature(15, "SET ACCESS METHOD", node -> isAction(node, "SetAccessMethod")),
            new Feature(15, "security_invoker", node -> isOption(node, "security_invoker")),
            new Feature(
                    16,
                    "CREATE STATISTICS without a name",
                    node -> node.is("CreateStatsStmt") && node.list("defnames").isEmpty()),
            new Feature(16, "SQL/JSON constructors", node -> JSON_16.contains(node.kind())),
            new Feature(17, "SQL/JSON queries", node -> JSON_17.contains(node.kind())),
            new Feature(17, "MERGE … RETURNING", node -> node.is("MergeStmt") && node.has("returningClause")),
            new Feature(17, "MERGE … BY SOURCE", node -> node.text("matchKind").endsWith("BY_SOURCE")),
            new Feature(17, "SET EXPRESSION", node -> isAction(node, "SetExpression")),
            new Feature(17, "COPY … ON_ERROR", node -> isOption(node, "on_error")),
            new Feature(
                    18,
                    "a VIRTUAL generated column",
                    node -> isConstraint(node, c -> c.isGenerated() && !c.isStoredGenerated())),
            new Feature(18, "NOT ENFORCED", node -> isConstraint(node, c -> !c.isEnforced())),
            new Feature(
                    18,
                    "WITHOUT OVERLAPS or PERIOD",
                    node -> node.flag("without_overlaps") || node.flag("fk_with_period")),
            new Feature(
                    18,
                    "ADD CONSTRAINT … NOT NULL",
                    node -> isAction(node, "AddConstraint")
                            && new AlterCommand(node).constraint().isNotNull()));

    private NewSyntax() {}

    static Stream<Hit> check(Step step) {
        OptionalInt server = step.timeline().serverVersion();
        return server.isEmpty()
                ? Stream.empty()
                : FEATURES.stream()
                        .filter(feature -> feature.since > server.getAsInt())
                        .flatMap(feature -> uses(step, feature, server.getAsInt()));
    }

    private static Stream<Hit> uses(Step step, Feature feature, int server) {
        return step.tree()
                .all()
                .filter(feature.isUsed)
                .limit(1)
                .map(node -> Hit.because(
                                feature.name + " is new in PostgreSQL " + feature.since + "; the server is " + server)
                        .at(node));
    }

    private static boolean isAction(Node node, String action) {
        return node.is("AlterTableCmd") && new AlterCommand(node).is(action);
    }

    private static boolean isOption(Node node, String name) {
        return node.is("DefElem") && node.text("defname").equals(name);
    }

    private static boolean isConstraint(Node node, Predicate<Constraint> what) {
        return node.is("Constraint") && what.test(new Constraint(node));
    }
}
