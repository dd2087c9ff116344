package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Set;
import java.util.stream.Stream;

/** COL-RENAME: RENAME COLUMN, of a table, view or composite type. */
final class RenameColumn extends Rule {
    RenameColumn() {
        super(new RuleCard(
                "COL-RENAME",
                Severity.ERROR,
                "RENAME COLUMN, of a table, view or composite type",
                "ACCESS EXCLUSIVE",
                "clients that run still use the old name",
                "a new column beside the old one, or an updatable view",
                "ALTER TABLE shop.t RENAME COLUMN a TO b",
                "ALTER INDEX shop.i RENAME TO j"));
    }

    private static final Set<String> COLUMNS = Set.of("OBJECT_COLUMN", "OBJECT_ATTRIBUTE");

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (!step.is("RenameStmt") || !COLUMNS.contains(tree.text("renameType"))) {
            return Stream.empty();
        }
        Name table = Name.of(tree.node("relation"));
        boolean own = step.isNew(table)
                || step.created(Created.Kind.TYPE, table).isPresent()
                || ScriptConstraints.commandsInScript(step, table)
                        .anyMatch(command ->
                                command.addsColumn() && command.column().name().equals(tree.text("subname")));
        return own
                ? Stream.empty()
                : Stream.of(hit("renaming " + tree.text("subname") + " to " + tree.text("newname")
                                + " breaks every client that uses the old name")
                        .on(table));
    }
}
