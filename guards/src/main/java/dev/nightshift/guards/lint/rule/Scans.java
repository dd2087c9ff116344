package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;

/** Which actions of ALTER TABLE read or write a whole table. */
final class Scans {
    private Scans() {}

    static boolean scans(Step step, Change change) {
        return switch (change.command().action()) {
            case "AlterColumnType",
                    "SetLogged",
                    "SetUnLogged",
                    "SetTableSpace",
                    "SetAccessMethod",
                    "ValidateConstraint",
                    "AttachPartition" -> true;
            case "SetNotNull" -> !NotNullProof.holds(step, change.table(), change.name());
            case "AddConstraint" -> addedScans(change.constraint());
            case "AddColumn" -> columnScans(step, change.column());
            default -> false;
        };
    }

    private static boolean addedScans(Constraint constraint) {
        return constraint.needsIndex() ? !constraint.usesIndex() : constraint.validates();
    }

    private static boolean columnScans(Step step, Column column) {
        return column.isIdentity()
                || column.type().isSerial()
                || column.constraints()
                        .anyMatch(constraint -> constraint.isStoredGenerated()
                                || constraint.needsIndex()
                                || ((constraint.isCheck() || constraint.isForeignKey()) && column.enforces(constraint)))
                || column.defaultValue()
                        .flatMap(value -> Volatilities.worst(step, value))
                        .isPresent();
    }
}
