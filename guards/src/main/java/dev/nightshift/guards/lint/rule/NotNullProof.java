package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;

/** Whether it is proven, by the database or by the script so far, that a column holds no NULL. */
final class NotNullProof {
    private NotNullProof() {}

    static boolean holds(Step step, Name table, String column) {
        return byDatabase(step, table, column) || byScript(step, table, column);
    }

    private static boolean byDatabase(Step step, Name table, String column) {
        Optional<Table> known = step.table(table);
        return known.flatMap(t -> t.column(column))
                        .filter(dev.nightshift.guards.lint.catalog.Column::notNull)
                        .isPresent()
                || known.stream()
                        .flatMap(t -> t.constraints().stream())
                        .filter(constraint -> constraint.validated() || validates(step, table, constraint.name()))
                        .filter(constraint -> !drops(step, table, constraint.name()))
                        .anyMatch(constraint -> ChecksText.impliesNotNull(constraint.expression(), column));
    }

    private static boolean byScript(Step step, Name table, String column) {
        List<Constraint> added = ScriptConstraints.addedBefore(step, table).toList();
        boolean proven = added.stream()
                .filter(constraint -> impliesNotNull(constraint, column))
                .filter(constraint -> !drops(step, table, constraint.name()))
                .anyMatch(constraint -> constraint.validates() || validates(step, table, constraint.name()));
        return proven || trusted(step, table, added);
    }

    /** VALIDATE of a constraint that neither the script nor a database tells: it is taken for the one that is needed. */
    private static boolean trusted(Step step, Name table, List<Constraint> added) {
        return step.table(table).isEmpty()
                && ScriptConstraints.commandsInScript(step, table)
                        .filter(command -> command.is("ValidateConstraint"))
                        .map(AlterCommand::name)
                        .anyMatch(name -> added.stream()
                                .noneMatch(constraint -> constraint.name().equals(name)));
    }

    private static boolean impliesNotNull(Constraint constraint, String column) {
        if (constraint.isNotNull()) {
            return Constraints.notNullColumns(constraint).contains(column);
        }
        return constraint.isCheck()
                && Expressions.conjuncts(constraint.expression())
                        .anyMatch(part -> Expressions.notNullColumn(part)
                                .filter(column::equals)
                                .isPresent());
    }

    private static boolean validates(Step step, Name table, String constraint) {
        return ScriptConstraints.validatedBefore(step, table).anyMatch(constraint::equals);
    }

    private static boolean drops(Step step, Name table, String constraint) {
        return ScriptConstraints.commandsBefore(step, table)
                .anyMatch(command ->
                        command.is("DropConstraint") && command.name().equals(constraint));
    }
}
