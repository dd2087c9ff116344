package dev.nightshift.guards.lint.tree;

import static dev.nightshift.guards.lint.tree.Expressions.constant;
import static dev.nightshift.guards.lint.tree.Expressions.isBool;

import dev.nightshift.guards.lint.parse.Node;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which conditions hold (or fail) whatever the row. */
public final class Truths {
    private static final Set<String> TRUE_WORDS = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE_WORDS = Set.of("false", "f", "no", "n", "off", "0");

    private Truths() {}

    /** Whether the condition lets every row through, up to rows with NULL in the compared column. */
    public static boolean alwaysTrue(Node condition) {
        if (isBool(condition, "AND_EXPR")) {
            return condition.list("args").stream().allMatch(Truths::alwaysTrue);
        }
        if (isBool(condition, "OR_EXPR")) {
            return condition.list("args").stream().anyMatch(Truths::alwaysTrue) || isNullOrNot(condition);
        }
        if (isBool(condition, "NOT_EXPR")) {
            return condition.list("args").stream().allMatch(Truths::alwaysFalse);
        }
        if (condition.is("BooleanTest")) {
            return condition.text("booltesttype").equals("IS_TRUE") && alwaysTrue(condition.node("arg"));
        }
        return isWord(condition, TRUE_WORDS) || compares(condition, true) || existsAnything(condition);
    }

    public static boolean alwaysFalse(Node condition) {
        if (isBool(condition, "NOT_EXPR")) {
            return condition.list("args").stream().allMatch(Truths::alwaysTrue);
        }
        if (isBool(condition, "AND_EXPR")) {
            return condition.list("args").stream().anyMatch(Truths::alwaysFalse);
        }
        if (isBool(condition, "OR_EXPR")) {
            return condition.list("args").stream().allMatch(Truths::alwaysFalse);
        }
        return isWord(condition, FALSE_WORDS) || compares(condition, false);
    }

    private static boolean isWord(Node condition, Set<String> words) {
        Node bare = Expressions.bare(condition);
        boolean boolish = bare.has("boolval") || bare.has("sval") || condition.is("TypeCast");
        return boolish && constant(condition).filter(words::contains).isPresent();
    }

    private static boolean compares(Node condition, boolean wanted) {
        String operator = Expressions.operator(condition);
        Node left = condition.node("lexpr");
        Node right = condition.node("rexpr");
        Optional<String> one = constant(left);
        Optional<String> two = constant(right);
        if (one.isPresent() && two.isPresent()) {
            return Comparisons.holds(operator, one.get(), two.get())
                    .filter(held -> held == wanted)
                    .isPresent();
        }
        boolean same = left.is("ColumnRef") && left.sameAs(right);
        Set<String> reflexive = wanted ? Set.of("=", "<=", ">=") : Set.of("<>", "<", ">");
        return same && reflexive.contains(operator);
    }

    /** {@code a IS NULL OR a IS NOT NULL} */
    private static boolean isNullOrNot(Node or) {
        return or.list("args").stream()
                .filter(arg -> arg.is("NullTest") && arg.text("nulltesttype").equals("IS_NULL"))
                .anyMatch(isNull -> or.list("args").stream()
                        .filter(arg -> arg.text("nulltesttype").equals("IS_NOT_NULL"))
                        .anyMatch(notNull -> notNull.node("arg").sameAs(isNull.node("arg"))));
    }

    /** {@code EXISTS (SELECT 1)} */
    private static boolean existsAnything(Node condition) {
        Node query = condition.node("subselect");
        return condition.text("subLinkType").equals("EXISTS_SUBLINK")
                && query.list("fromClause").isEmpty()
                && Stream.of("whereClause", "havingClause", "limitCount", "valuesLists", "larg")
                        .noneMatch(query::has);
    }
}
