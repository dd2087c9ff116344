package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;

/** One action of an ALTER TABLE: its {@code AlterTableCmd} node. */
public record AlterCommand(Node node) {
    /** The action as PostgreSQL names it, without {@code AT_}: {@code AddColumn}, {@code SetNotNull}. */
    public String action() {
        String subtype = node.text("subtype");
        return subtype.startsWith("AT_") ? subtype.substring(3) : subtype;
    }

    public boolean is(String action) {
        return action().equals(action);
    }

    /** The column or constraint that it names. */
    public String name() {
        return node.text("name");
    }

    /** What ADD COLUMN or ALTER COLUMN TYPE say of the column. */
    public Column column() {
        return new Column(node.node("def"));
    }

    /** What ADD CONSTRAINT adds. */
    public Constraint constraint() {
        return new Constraint(node.node("def"));
    }

    public boolean addsColumn() {
        return is("AddColumn");
    }

    public boolean addsConstraint() {
        return is("AddConstraint");
    }

    public boolean cascades() {
        return node.text("behavior").equals("DROP_CASCADE");
    }

    public boolean ifExists() {
        return node.flag("missing_ok");
    }
}
