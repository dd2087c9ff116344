package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;

/** A DROP statement's objects. */
public final class Drops {
    private Drops() {}

    public static boolean drops(Node statement, String objectType) {
        return statement.is("DropStmt") && statement.text("removeType").equals(objectType);
    }

    public static boolean cascades(Node statement) {
        return statement.text("behavior").equals("DROP_CASCADE");
    }

    public static List<Name> names(Node drop) {
        return drop.list("objects").stream().map(Drops::name).toList();
    }

    /** A list of strings, one string, a type or a function. */
    public static Name name(Node object) {
        if (object.is("List")) {
            return Name.of(object.list("items"));
        }
        if (object.is("TypeName")) {
            return Name.of(object.list("names"));
        }
        if (object.is("ObjectWithArgs")) {
            return Name.of(object.list("objname"));
        }
        return Name.unqualified(object.text("sval"));
    }

    /** DROP TRIGGER, POLICY and RULE name {@code schema.table.object}: this is the table. */
    public static Name tableOfNamed(Node object) {
        List<Node> parts = object.list("items");
        return Name.of(parts.subList(0, Math.max(0, parts.size() - 1)));
    }
}
