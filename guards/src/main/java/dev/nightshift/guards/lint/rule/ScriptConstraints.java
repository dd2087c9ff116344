package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** The constraints that a script adds, validates and drops, before one of its statements. */
final class ScriptConstraints {
    private ScriptConstraints() {}

    /** All actions of ALTER TABLE on the table so far, in earlier scripts of the set too. */
    static Stream<AlterCommand> commandsBefore(Step step, Name table) {
        return commands(step.everOn(table));
    }

    /** Those of this script alone, which no client can have seen. */
    static Stream<AlterCommand> commandsInScript(Step step, Name table) {
        return commands(step.earlierOn(table));
    }

    private static Stream<AlterCommand> commands(Stream<Step> steps) {
        return steps.flatMap(earlier -> earlier.alterTable().stream()).flatMap(alter -> alter.commands().stream());
    }

    static Stream<Constraint> addedBefore(Step step, Name table) {
        return commandsBefore(step, table).filter(AlterCommand::addsConstraint).map(AlterCommand::constraint);
    }

    static Stream<String> validatedBefore(Step step, Name table) {
        return commandsBefore(step, table)
                .filter(command -> command.is("ValidateConstraint"))
                .map(AlterCommand::name);
    }

    /** Whether a constraint of that name may be this one, which perhaps left its name to PostgreSQL. */
    static boolean mayBe(Constraint constraint, Name table, String name) {
        return constraint.name().isEmpty()
                ? name.startsWith(table.name() + "_")
                : constraint.name().equals(name);
    }
}
