package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Optional;

/** A {@code Constraint} node, of a column or of a table. */
public record Constraint(Node node) {
    private String type() {
        return node.text("contype");
    }

    public String name() {
        return node.text("conname");
    }

    public boolean isForeignKey() {
        return type().equals("CONSTR_FOREIGN");
    }

    public boolean isCheck() {
        return type().equals("CONSTR_CHECK");
    }

    public boolean isUnique() {
        return type().equals("CONSTR_UNIQUE");
    }

    public boolean isPrimaryKey() {
        return type().equals("CONSTR_PRIMARY");
    }

    public boolean isExclusion() {
        return type().equals("CONSTR_EXCLUSION");
    }

    public boolean isNotNull() {
        return type().equals("CONSTR_NOTNULL");
    }

    public boolean isDefault() {
        return type().equals("CONSTR_DEFAULT");
    }

    public boolean isIdentity() {
        return type().equals("CONSTR_IDENTITY");
    }

    public boolean isStoredGenerated() {
        return type().equals("CONSTR_GENERATED") && !node.text("generated_kind").equals("v");
    }

    public boolean isGenerated() {
        return type().equals("CONSTR_GENERATED");
    }

    public boolean needsIndex() {
        return isUnique() || isPrimaryKey() || isExclusion();
    }

    /** Whether the rows that exist are checked as the constraint is added. */
    public boolean validates() {
        return !node.flag("skip_validation") && isEnforced();
    }

    /** PostgreSQL 18: NOT ENFORCED constraints are remarks. */
    public boolean isEnforced() {
        return node.flag("is_enforced") || !(isForeignKey() || isCheck());
    }

    /** In a column's list: what it says of the constraint before it. */
    public boolean saysNotEnforced() {
        return type().equals("CONSTR_ATTR_NOT_ENFORCED");
    }

    public boolean usesIndex() {
        return !indexName().isEmpty();
    }

    public String indexName() {
        return node.text("indexname");
    }

    public Node expression() {
        return node.node("raw_expr");
    }

    /** The columns of a table's key; a foreign key's own side. Empty for a column's constraint. */
    public List<String> columns() {
        return strings(isForeignKey() ? node.list("fk_attrs") : node.list("keys"));
    }

    public Optional<Name> parent() {
        return node.maybe("pktable").map(Name::of);
    }

    public List<String> parentColumns() {
        return strings(node.list("pk_attrs"));
    }

    static List<String> strings(List<Node> nodes) {
        return nodes.stream().map(node -> node.text("sval")).toList();
    }
}
