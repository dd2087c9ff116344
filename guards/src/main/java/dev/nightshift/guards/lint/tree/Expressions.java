package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions about expressions. */
public final class Expressions {
    private Expressions() {}

    public static boolean isNull(Node expression) {
        Node bare = bare(expression);
        return bare.is("A_Const") && bare.flag("isnull");
    }

    /** Without casts, so that {@code 'x'::text} is seen as {@code 'x'}. */
    public static Node bare(Node expression) {
        Node bare = expression;
        while (bare.is("TypeCast") || bare.is("CollateClause")) {
            bare = bare.node("arg");
        }
        return bare;
    }

    /** The text of a constant: a string's content, a number or a truth value as written; empty when it is no constant. */
    public static Optional<String> constant(Node expression) {
        Node bare = bare(expression);
        if (!bare.is("A_Const")) {
            return Optional.empty();
        }
        if (bare.has("sval")) {
            return Optional.of(bare.node("sval").text("sval"));
        }
        if (bare.has("ival")) {
            return Optional.of(Long.toString(bare.node("ival").number("ival")));
        }
        if (bare.has("fval")) {
            return Optional.of(bare.node("fval").text("fval"));
        }
        if (bare.has("boolval")) {
            return Optional.of(bare.node("boolval").flag("boolval") ? "true" : "false");
        }
        return Optional.empty();
    }

    public static boolean isString(Node expression) {
        return bare(expression).is("A_Const") && bare(expression).has("sval");
    }

    /** The parts that must all hold. */
    public static Stream<Node> conjuncts(Node condition) {
        if (condition.isNothing()) {
            return Stream.empty();
        }
        return isBool(condition, "AND_EXPR")
                ? condition.list("args").stream().flatMap(Expressions::conjuncts)
                : Stream.of(condition);
    }

    public static boolean isBool(Node expression, String operator) {
        return expression.is("BoolExpr") && expression.text("boolop").equals(operator);
    }

    /** {@code left op right} of the plain kind; the operator's name, or empty. */
    public static String operator(Node expression) {
        boolean plain = expression.is("A_Expr") && expression.text("kind").equals("AEXPR_OP");
        return plain ? Name.of(expression.list("name")).name() : "";
    }

    /** The column that a reference names, without its table; empty for anything else. */
    public static Optional<String> column(Node expression) {
        Node bare = bare(expression);
        if (!bare.is("ColumnRef")) {
            return Optional.empty();
        }
        List<Node> fields = bare.list("fields");
        Node last = fields.get(fields.size() - 1);
        return last.is("String") ? Optional.of(last.text("sval")) : Optional.empty();
    }

    /** The column of {@code column IS NOT NULL} or {@code NOT column IS NULL}. */
    public static Optional<String> notNullColumn(Node condition) {
        if (isBool(condition, "NOT_EXPR")) {
            Node negated = condition.list("args").get(0);
            return negated.text("nulltesttype").equals("IS_NULL") ? column(negated.node("arg")) : Optional.empty();
        }
        return condition.is("NullTest") && condition.text("nulltesttype").equals("IS_NOT_NULL")
                ? column(condition.node("arg"))
                : Optional.empty();
    }

    public static Stream<Node> calls(Node tree) {
        return tree.all("FuncCall");
    }

    public static Name function(Node call) {
        return Name.of(call.list("funcname"));
    }
}
