package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a condition proves that all rows of a table belong into a partition. */
final class AttachedBounds {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private AttachedBounds() {}

    /**
     * @param notNull columns known to hold no NULL by other means
     * @param key the parent's partition key; empty when it is not known
     */
    static boolean provenBy(List<Node> conjuncts, Node bound, List<String> key, Set<String> notNull) {
        return columns(conjuncts).stream()
                .filter(column ->
                        key.isEmpty() || (key.size() == 1 && key.get(0).equals(column)))
                .filter(column -> notNull.contains(column) || hasNotNull(conjuncts, column))
                .anyMatch(column -> covers(conjuncts, column, bound));
    }

    private static Set<String> columns(List<Node> conjuncts) {
        return conjuncts.stream()
                .flatMap(part -> part.all("ColumnRef"))
                .flatMap(reference -> Expressions.column(reference).stream())
                .collect(Collectors.toSet());
    }

    private static boolean hasNotNull(List<Node> conjuncts, String column) {
        return conjuncts.stream()
                .anyMatch(part ->
                        Expressions.notNullColumn(part).filter(column::equals).isPresent());
    }

    private static boolean covers(List<Node> conjuncts, String column, Node bound) {
        return switch (bound.text("strategy")) {
            case "r" ->
                isBounded(conjuncts, column, ">=", bound.list("lowerdatums"))
                        && isBounded(conjuncts, column, "<", bound.list("upperdatums"));
            case "l" -> conjuncts.stream().anyMatch(part -> isAmong(part, column, bound.list("listdatums")));
            default -> false;
        };
    }

    private static boolean isBounded(List<Node> conjuncts, String column, String operator, List<Node> datums) {
        if (datums.size() != 1) {
            return false;
        }
        boolean unlimited = datums.get(0).is("ColumnRef") || datums.get(0).is("PartitionRangeDatum");
        return unlimited || conjuncts.stream().anyMatch(part -> compares(part, column, operator, datums.get(0)));
    }

    /** {@code column >= limit}, or a narrower bound: above a lower one, or at most an upper one. */
    private static boolean compares(Node part, String column, String operator, Node datum) {
        boolean lower = operator.equals(">=");
        String used = Expressions.operator(part);
        boolean forward = isColumn(part.node("lexpr"), column);
        if (!forward && !isColumn(part.node("rexpr"), column)) {
            return false;
        }
        Node value = forward ? part.node("rexpr") : part.node("lexpr");
        boolean points = forward == (lower ? used.startsWith(">") : used.startsWith("<"))
                && (used.startsWith(">") || used.startsWith("<"))
                && !used.equals("<>");
        return points && within(value, datum, lower, used.endsWith("="));
    }

    private static boolean within(Node value, Node datum, boolean lower, boolean inclusive) {
        Optional<Integer> order = Expressions.constant(value)
                .flatMap(one -> Expressions.constant(datum).flatMap(two -> order(moment(one), moment(two))));
        return order.filter(sign -> lower ? sign >= 0 : sign < 0 || (sign == 0 && !inclusive))
                .isPresent();
    }

    /** Numbers and dates in ISO order have an order that the text tells; others are equal or not. */
    private static Optional<Integer> order(String one, String two) {
        if (one.equals(two)) {
            return Optional.of(0);
        }
        if (NUMBER.matcher(one).matches() && NUMBER.matcher(two).matches()) {
            return Optional.of(new BigDecimal(one).compareTo(new BigDecimal(two)));
        }
        boolean dates = ISO_DATE.matcher(one).matches() && ISO_DATE.matcher(two).matches();
        return dates ? Optional.of(one.compareTo(two)) : Optional.empty();
    }

    private static boolean isColumn(Node node, String column) {
        return Expressions.column(node).filter(column::equals).isPresent();
    }

    /** The catalog writes a date's midnight out where the script leaves it away. */
    private static String moment(String constant) {
        return constant.replaceFirst(" 00:00:00(\\+00)?$", "");
    }

    private static boolean isAmong(Node part, String column, List<Node> values) {
        Set<String> allowed = values.stream()
                .flatMap(value -> Expressions.constant(value).stream())
                .collect(Collectors.toSet());
        if (!isColumn(part.node("lexpr"), column)) {
            return false;
        }
        Stream<Node> listed = switch (part.text("kind")) {
            case "AEXPR_OP" -> Expressions.operator(part).equals("=") ? Stream.of(part.node("rexpr")) : Stream.empty();
            case "AEXPR_IN" -> part.node("rexpr").list("items").stream();
            case "AEXPR_OP_ANY" -> Expressions.bare(part.node("rexpr")).list("elements").stream();
            default -> Stream.empty();
        };
        List<String> constants =
                listed.map(value -> Expressions.constant(value).orElse("\0")).toList();
        return !constants.isEmpty() && allowed.containsAll(constants);
    }
}
