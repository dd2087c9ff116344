package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A {@code ColumnDef} node. */
public record Column(Node node) {
    public String name() {
        return node.text("colname");
    }

    public SqlType type() {
        return new SqlType(node.node("typeName"));
    }

    public Stream<Constraint> constraints() {
        return node.list("constraints").stream().map(Constraint::new);
    }

    /** In a column's list NOT ENFORCED is an entry of its own, behind the constraint that it is about. */
    public boolean enforces(Constraint constraint) {
        List<Constraint> all = constraints().toList();
        int next = all.indexOf(constraint) + 1;
        return constraint.isEnforced() && (next >= all.size() || !all.get(next).saysNotEnforced());
    }

    public boolean isIdentity() {
        return constraints().anyMatch(Constraint::isIdentity);
    }

    public boolean isGenerated() {
        return constraints().anyMatch(Constraint::isGenerated);
    }

    public boolean isNotNull() {
        return constraints().anyMatch(c -> c.isNotNull() || c.isPrimaryKey());
    }

    /** The default's expression, unless it is NULL. */
    public Optional<Node> defaultValue() {
        return constraints()
                .filter(Constraint::isDefault)
                .map(Constraint::expression)
                .filter(value -> !Expressions.isNull(value))
                .findFirst();
    }
}
