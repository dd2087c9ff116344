package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;

/** The name of a relation or another object as a statement writes it; the schema is empty when it has none. */
public record Name(String schema, String name) {
    public static Name of(Node rangeVar) {
        return new Name(rangeVar.text("schemaname"), rangeVar.text("relname"));
    }

    /** From a list of String nodes: {@code name}, {@code schema.name} or {@code database.schema.name}. */
    public static Name of(List<Node> parts) {
        int size = parts.size();
        return new Name(
                size > 1 ? parts.get(size - 2).text("sval") : "",
                size > 0 ? parts.get(size - 1).text("sval") : "");
    }

    public static Name unqualified(String name) {
        return new Name("", name);
    }

    /** From text such as {@code public.orders}, without quotes. */
    public static Name parse(String text) {
        int dot = text.lastIndexOf('.');
        return dot < 0 ? unqualified(text) : new Name(text.substring(0, dot), text.substring(dot + 1));
    }

    public boolean isQualified() {
        return !schema.isEmpty();
    }

    public Name in(String otherSchema) {
        return new Name(otherSchema, name);
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
