package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a major version brought: the first server that takes it, its name, and the nodes that it shows in. */
record Feature(int since, String name, Predicate<Node> isUsed) {
    private static final Set<String> JSON_16 =
            Set.of("JsonObjectConstructor", "JsonArrayConstructor", "JsonArrayQueryConstructor", "JsonIsPredicate");
    private static final Set<String> JSON_17 =
            Set.of("JsonTable", "JsonFuncExpr", "JsonParseExpr", "JsonScalarExpr", "JsonSerializeExpr");

    static final List<Feature> ALL = List.of(
            new Feature(
                    14, "DETACH PARTITION CONCURRENTLY", node -> node.is("PartitionCmd") && node.flag("concurrent")),
            new Feature(14, "CREATE OR REPLACE TRIGGER", node -> node.is("CreateTrigStmt") && node.flag("replace")),
            new Feature(14, "an SQL-standard body", node -> node.is("CreateFunctionStmt") && node.has("sql_body")),
            new Feature(15, "MERGE", node -> node.is("MergeStmt")),
            new Feature(15, "NULLS NOT DISTINCT", node -> node.flag("nulls_not_distinct")),
            new Feature(15, "SET ACCESS METHOD", node -> isAction(node, "SetAccessMethod")),
            new Feature(15, "security_invoker", node -> isOption(node, "security_invoker")),
            new Feature(
                    15, "FOR TABLES IN SCHEMA", node -> node.text("pubobjtype").startsWith("PUBLICATIONOBJ_TABLES_IN")),
            new Feature(
                    15,
                    "a publication of some columns or rows",
                    node -> node.node("pubtable").has("columns")
                            || node.node("pubtable").has("whereClause")),
            new Feature(15, "GRANT ON PARAMETER", node -> node.text("objtype").equals("OBJECT_PARAMETER_ACL")),
            new Feature(15, "ON DELETE SET of some columns", node -> node.has("fk_del_set_cols")),
            new Feature(15, "CREATE DATABASE … STRATEGY", node -> isOption(node, "strategy")),
            new Feature(
                    16,
                    "CREATE STATISTICS without a name",
                    node -> node.is("CreateStatsStmt") && node.list("defnames").isEmpty()),
            new Feature(16, "SQL/JSON constructors", node -> JSON_16.contains(node.kind())),
            new Feature(16, "GRANT … WITH INHERIT or SET", Feature::grantsWithOption),
            new Feature(16, "a subquery without alias", node -> node.is("RangeSubselect") && !node.has("alias")),
            new Feature(16, "STORAGE in CREATE TABLE", node -> node.is("ColumnDef") && node.has("storage_name")),
            new Feature(16, "a function of 16", node -> calls(node, "random_normal", "array_shuffle", "array_sample")),
            new Feature(17, "SQL/JSON queries", node -> JSON_17.contains(node.kind())),
            new Feature(17, "MERGE … RETURNING", node -> node.is("MergeStmt") && node.has("returningClause")),
            new Feature(17, "MERGE … BY SOURCE", node -> node.text("matchKind").endsWith("BY_SOURCE")),
            new Feature(17, "SET EXPRESSION", node -> isAction(node, "SetExpression")),
            new Feature(17, "COPY … ON_ERROR", node -> isOption(node, "on_error")),
            new Feature(17, "MAINTAIN", node -> node.text("priv_name").equals("maintain")),
            new Feature(
                    17,
                    "transaction_timeout",
                    node -> node.is("VariableSetStmt") && node.text("name").equalsIgnoreCase("transaction_timeout")),
            new Feature(
                    17,
                    "SET ACCESS METHOD DEFAULT",
                    node -> isAction(node, "SetAccessMethod")
                            && node.text("name").isEmpty()),
            new Feature(17, "SET STATISTICS DEFAULT", node -> isAction(node, "SetStatistics") && !node.has("def")),
            new Feature(
                    18,
                    "a VIRTUAL generated column",
                    node -> isConstraint(node, c -> c.isGenerated() && !c.isStoredGenerated())),
            new Feature(
                    18,
                    "NOT ENFORCED",
                    node -> isConstraint(node, c -> !c.isEnforced() || c.saysNotEnforced())
                            || node.flag("alterEnforceability")),
            new Feature(18, "ALTER CONSTRAINT … INHERIT", node -> node.flag("alterInheritability")),
            new Feature(
                    18,
                    "WITHOUT OVERLAPS or PERIOD",
                    node -> node.flag("without_overlaps") || node.flag("fk_with_period")),
            new Feature(
                    18,
                    "CONSTRAINT … NOT NULL column",
                    node -> isConstraint(
                            node, c -> c.isNotNull() && !c.columns().isEmpty())),
            new Feature(18, "OLD and NEW in RETURNING", Feature::returnsOldOrNew),
            new Feature(
                    18,
                    "VACUUM and ANALYZE ONLY",
                    node -> node.is("VacuumRelation")
                            && node.has("relation")
                            && !node.node("relation").flag("inh")),
            new Feature(
                    18, "a function of 18", node -> calls(node, "uuidv4", "uuidv7", "array_sort", "array_reverse")));

    private static boolean isAction(Node node, String action) {
        return node.is("AlterTableCmd") && new AlterCommand(node).is(action);
    }

    private static boolean isOption(Node node, String name) {
        return node.is("DefElem") && node.text("defname").equals(name);
    }

    private static boolean isConstraint(Node node, Predicate<Constraint> what) {
        return node.is("Constraint") && what.test(new Constraint(node));
    }

    private static boolean grantsWithOption(Node node) {
        return node.is("GrantRoleStmt")
                && node.list("opt").stream()
                        .anyMatch(option -> Set.of("inherit", "set").contains(option.text("defname")));
    }

    private static boolean calls(Node node, String... functions) {
        return node.is("FuncCall")
                && Set.of(functions).contains(Expressions.function(node).name());
    }

    /** Unless a table of the statement goes by that name, as it could before. */
    private static boolean returnsOldOrNew(Node node) {
        Node returning = node.node("returningClause");
        if (returning.isNothing()) {
            return false;
        }
        Set<String> tables = node.all("RangeVar")
                .flatMap(table ->
                        Stream.of(table.text("relname"), table.node("alias").text("aliasname")))
                .collect(Collectors.toSet());
        return !returning.list("options").isEmpty()
                || returning
                        .all("ColumnRef")
                        .map(reference -> reference.list("fields"))
                        .filter(fields -> fields.size() > 1)
                        .map(fields -> fields.get(0).text("sval"))
                        .anyMatch(table -> Set.of("old", "new").contains(table) && !tables.contains(table));
    }
}
