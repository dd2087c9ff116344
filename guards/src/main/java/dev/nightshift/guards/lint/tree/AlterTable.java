package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.Optional;

/** An ALTER TABLE (or INDEX, VIEW, SEQUENCE …) with its actions. */
public record AlterTable(Name relation, List<AlterCommand> commands, Node node) {
    public static Optional<AlterTable> of(Node statement) {
        if (!statement.is("AlterTableStmt")) {
            return Optional.empty();
        }
        List<AlterCommand> commands =
                statement.list("cmds").stream().map(AlterCommand::new).toList();
        return Optional.of(new AlterTable(Name.of(statement.node("relation")), commands, statement));
    }

    /** {@code OBJECT_TABLE}, {@code OBJECT_INDEX}, {@code OBJECT_TYPE} … */
    public String objectType() {
        return node.text("objtype");
    }

    public boolean isTable() {
        return objectType().equals("OBJECT_TABLE");
    }
}
