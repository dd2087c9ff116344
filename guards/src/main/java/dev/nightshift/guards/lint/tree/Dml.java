package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Statements that change or read rows. */
public final class Dml {
    private static final Set<String> CHANGES = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    /** Statements that hold queries without running them. */
    private static final Set<String> ONLY_DEFINES = Set.of(
            "CreateFunctionStmt",
            "RuleStmt",
            "ViewStmt",
            "CreatePolicyStmt",
            "CreateTrigStmt",
            "PrepareStmt",
            "DeclareCursorStmt");

    private static final Set<String> MAKES_ROWS =
            Set.of("generate_series", "unnest", "regexp_split_to_table", "string_to_table", "jsonb_array_elements");

    private Dml() {}

    public static boolean onlyDefines(Node statement) {
        return ONLY_DEFINES.contains(statement.kind()) || (statement.is("ExplainStmt") && !runs(statement));
    }

    private static boolean runs(Node explain) {
        return explain.list("options").stream()
                .anyMatch(option -> option.text("defname").equals("analyze")
                        && !Truths.alwaysFalse(option.node("arg"))
                        && !option.node("arg").text("sval").equals("off")
                        && !option.node("arg").text("sval").equals("false"));
    }

    /** The INSERT, UPDATE, DELETE and MERGE nodes that a statement carries out, in CTEs too. */
    public static List<Node> in(Node statement) {
        return onlyDefines(statement)
                ? List.of()
                : statement.all().filter(node -> CHANGES.contains(node.kind())).toList();
    }

    /** Whether an INSERT gives its rows as constants, and reads no table for them. */
    public static boolean insertsValues(Node insert) {
        Node source = insert.node("selectStmt");
        return source.isNothing() || source.has("valuesLists") || isOneRow(source);
    }

    /** {@code SELECT 1, 'x' WHERE NOT EXISTS (…)}: without FROM there is one row, unless a function makes more. */
    private static boolean isOneRow(Node query) {
        return query.list("fromClause").isEmpty()
                && !query.has("larg")
                && query.list("targetList").stream()
                        .flatMap(Expressions::calls)
                        .noneMatch(call ->
                                MAKES_ROWS.contains(Expressions.function(call).name()));
    }

    /** The relations in FROM clauses, without the names of CTEs. */
    public static Stream<Node> reads(Node query) {
        Set<String> ctes = cteNames(query);
        return query.all("RangeVar")
                .filter(rangeVar -> rangeVar.has("schemaname") || !ctes.contains(rangeVar.text("relname")));
    }

    public static Set<String> cteNames(Node query) {
        return query.all("CommonTableExpr")
                .map(cte -> cte.text("ctename"))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
