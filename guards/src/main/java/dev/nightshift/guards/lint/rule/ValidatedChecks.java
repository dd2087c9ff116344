package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of a table's checks that are known to hold for every row. */
final class ValidatedChecks {
    private ValidatedChecks() {}

    static List<Node> of(Step step, Name table) {
        Set<String> validated = ScriptConstraints.validatedBefore(step, table).collect(Collectors.toSet());
        Set<String> dropped = ScriptConstraints.commandsBefore(step, table)
                .filter(command -> command.is("DropConstraint"))
                .map(AlterCommand::name)
                .collect(Collectors.toSet());
        Stream<Node> inScript = ScriptConstraints.addedBefore(step, table)
                .filter(Constraint::isCheck)
                .filter(constraint -> constraint.validates() || validated.contains(constraint.name()))
                .filter(constraint -> !dropped.contains(constraint.name()))
                .map(Constraint::expression);
        Stream<Node> inDatabase = step.table(table).stream()
                .flatMap(known -> known.constraints().stream())
                .filter(constraint -> constraint.validated() || validated.contains(constraint.name()))
                .filter(constraint -> !dropped.contains(constraint.name()))
                .flatMap(constraint -> step.timeline().expression(constraint.expression()).stream());
        return Stream.concat(inScript, inDatabase).toList();
    }
}
