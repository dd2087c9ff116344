package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** One action of an ALTER TABLE on a table that was there before the script. */
record Change(Name table, AlterCommand command) {
    /** The actions of a statement; none when it is no ALTER TABLE or the script made the table itself. */
    static Stream<Change> of(Step step) {
        return step.alterTable().stream()
                .filter(alter -> alter.isTable() || alter.objectType().equals("OBJECT_FOREIGN_TABLE"))
                .filter(alter -> !step.isNew(alter.relation()))
                .flatMap(alter -> alter.commands().stream().map(command -> new Change(alter.relation(), command)));
    }

    static Stream<Change> addingColumns(Step step) {
        return of(step).filter(change -> change.command.addsColumn());
    }

    static Stream<Change> addingConstraints(Step step) {
        return of(step).filter(change -> change.command.addsConstraint());
    }

    static Stream<Change> of(Step step, String action) {
        return of(step).filter(change -> change.command.is(action));
    }

    Column column() {
        return command.column();
    }

    Constraint constraint() {
        return command.constraint();
    }

    String name() {
        return command.name();
    }

    /** A hit at what the action adds. */
    Hit hit(String message) {
        return Hit.because(message).at(command.node().node("def")).on(table);
    }
}
