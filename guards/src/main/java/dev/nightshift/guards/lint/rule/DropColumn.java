package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** COL-DROP: DROP COLUMN. */
final class DropColumn extends Rule {
    DropColumn() {
        super(new RuleCard(
                "COL-DROP",
                Severity.ERROR,
                "DROP COLUMN",
                "ACCESS EXCLUSIVE",
                "application versions that still run read the column, and its data is gone",
                "drop it a release after nothing reads it any more, with a verified backup",
                "ALTER TABLE shop.t DROP COLUMN a",
                "ALTER TABLE shop.t ALTER COLUMN a DROP DEFAULT"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return step.alterTable().stream()
                .filter(alter -> !step.isSurelyNew(alter.relation()))
                .filter(alter ->
                        step.created(Created.Kind.TYPE, alter.relation()).isEmpty())
                .flatMap(alter -> alter.commands().stream()
                        .filter(command -> command.is("DropColumn"))
                        .filter(command -> !isOwn(step, alter.relation(), command.name()))
                        .map(command -> hit("DROP COLUMN " + command.name()
                                        + " breaks clients that still read it, and its data is gone")
                                .on(alter.relation())));
    }

    /** A column that this script added has no readers yet. */
    private static boolean isOwn(Step step, Name table, String column) {
        return ScriptConstraints.commandsInScript(step, table)
                .anyMatch(command -> command.addsColumn()
                        && !command.ifExists()
                        && command.column().name().equals(column));
    }
}
