package dev.nightshift.guards.lint.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One immutable node of a parse tree, named as in PostgreSQL's parsenodes.h.
 *
 * <p>A field that holds zero, false or nothing is left out by the parser, so every accessor has an answer for absence.
 */
public final class Node {
    private static final Node NOTHING = new Node("", Map.of());
    private static final int UNKNOWN_LOCATION = -1;

    private final String kind;
    private final Map<String, Object> fields;

    Node(String kind, Map<String, Object> fields) {
        this.kind = kind;
        this.fields = fields;
    }

    /** The name of the node's struct, such as {@code AlterTableStmt}; empty for a struct whose name is not told. */
    public String kind() {
        return kind;
    }

    public boolean is(String wanted) {
        return kind.equals(wanted);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** A string or the name of an enum; empty when absent. */
    public String text(String field) {
        return fields.get(field) instanceof String text ? text : "";
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    public long number(String field) {
        return fields.get(field) instanceof Long number ? number : 0;
    }

    /** The node in a field; an empty node (kind {@code ""}, no field) when absent, so that paths need no checks. */
    public Node node(String field) {
        return fields.get(field) instanceof Node node ? node : NOTHING;
    }

    public Optional<Node> maybe(String field) {
        return fields.get(field) instanceof Node node ? Optional.of(node) : Optional.empty();
    }

    /** The nodes of a list field; empty when absent. */
    @SuppressWarnings("unchecked")
    public List<Node> list(String field) {
        return fields.get(field) instanceof List<?> list ? (List<Node>) list : List.of();
    }

    public boolean isNothing() {
        return kind.isEmpty() && fields.isEmpty();
    }

    /** Where the node begins in characters of the parsed text; 0 when it begins the text or tells no place. */
    public int location() {
        return (int) Math.max(0, number("location"));
    }

    /** As {@link #location()}, or -1 when the node has none. */
    public int locationOrUnknown() {
        return has("location") ? (int) number("location") : UNKNOWN_LOCATION;
    }

    /** This node and all below it, parents first and in the order of the text; without recursion, as trees may be deep. */
    public Stream<Node> all() {
        List<Node> found = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            Node next = open.pop();
            found.add(next);
            List<Node> children = next.children();
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(children.get(i));
            }
        }
        return found.stream();
    }

    /** All nodes of a kind in this one, itself included. */
    public Stream<Node> all(String wanted) {
        return all().filter(node -> node.is(wanted));
    }

    /** The nodes directly below this one, in the order of their fields. */
    public List<Node> children() {
        List<Node> children = new ArrayList<>();
        for (Object value : fields.values()) {
            if (value instanceof Node node) {
                children.add(node);
            } else if (value instanceof List<?> list) {
                list.forEach(item -> children.add((Node) item));
            }
        }
        return children;
    }

    /** Whether two trees say the same, wherever they stand in their texts. */
    public boolean sameAs(Node other) {
        return kind.equals(other.kind) && sameFields(fields, other.fields);
    }

    private static boolean sameFields(Map<String, Object> left, Map<String, Object> right) {
        return left.size() == right.size()
                && left.entrySet().stream()
                        .allMatch(entry -> isPlace(entry.getKey())
                                ? right.containsKey(entry.getKey())
                                : sameValue(entry.getValue(), right.get(entry.getKey())));
    }

    private static boolean isPlace(String field) {
        return field.equals("location") || field.equals("rexpr_list_start") || field.equals("rexpr_list_end");
    }

    private static boolean sameValue(Object left, @Nullable Object right) {
        if (left instanceof Node one && right instanceof Node two) {
            return one.sameAs(two);
        }
        if (left instanceof List<?> one && right instanceof List<?> two) {
            return one.size() == two.size()
                    && IntStream.range(0, one.size()).allMatch(i -> sameValue(one.get(i), two.get(i)));
        }
        return left.equals(right);
    }

    @Override
    public String toString() {
        return kind + fields;
    }
}
