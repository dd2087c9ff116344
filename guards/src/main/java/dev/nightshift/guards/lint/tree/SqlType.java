package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Set;

/** A {@code TypeName} node: PostgreSQL's own name of the type, without its schema. */
public record SqlType(Node node) {
    private static final Set<String> SERIALS =
            Set.of("serial", "serial2", "serial4", "serial8", "smallserial", "bigserial");
    private static final Set<String> SHORT_SERIALS = Set.of("serial", "serial2", "serial4", "smallserial");
    private static final Set<String> SHORT_INTEGERS = Set.of("int2", "int4");

    public Name name() {
        return Name.of(node.list("names"));
    }

    /** Such as {@code int4}, {@code varchar}, {@code bpchar}, {@code timestamp}; a user's own type by its own name. */
    public String base() {
        return name().name();
    }

    public boolean isArray() {
        return !node.list("arrayBounds").isEmpty();
    }

    public boolean isSerial() {
        return SERIALS.contains(base()) && !isArray();
    }

    public boolean isShortSerial() {
        return SHORT_SERIALS.contains(base()) && !isArray();
    }

    public boolean isShortInteger() {
        return SHORT_INTEGERS.contains(base()) && !isArray();
    }

    /** Whether it is one of PostgreSQL's own types, as far as its name tells. */
    public boolean isBuiltIn() {
        return name().schema().equals("pg_catalog") || Types.isBuiltIn(base());
    }

    /** The numbers in parentheses, as in {@code numeric(10,2)}. */
    public List<Long> modifiers() {
        return node.list("typmods").stream()
                .map(mod -> mod.node("ival").number("ival"))
                .toList();
    }
}
