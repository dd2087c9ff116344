package dev.nightshift.guards.lint.flow;

import static dev.nightshift.guards.lint.flow.LockMode.ACCESS_EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.ROW_SHARE;
import static dev.nightshift.guards.lint.flow.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.AlterTable;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Set;
import java.util.stream.Stream;

/** The locks of ALTER TABLE: one statement takes the strongest that any of its actions needs. */
final class AlterLocks {
    private static final Set<String> WEAK = Set.of(
            "ValidateConstraint",
            "SetStatistics",
            "SetOptions",
            "ResetOptions",
            "SetRelOptions",
            "ResetRelOptions",
            "ClusterOn",
            "DropCluster",
            "AttachPartition",
            "DetachPartitionFinalize");

    private AlterLocks() {}

    static Stream<TableLock> of(Step step) {
        AlterTable alter = step.alterTable().orElseThrow();
        if (!locksRelation(alter)) {
            return Stream.empty();
        }
        LockMode mode = alter.commands().stream()
                .map(AlterLocks::mode)
                .reduce(LockMode::orStronger)
                .orElse(ACCESS_EXCLUSIVE);
        return Stream.concat(
                Stream.of(new TableLock(alter.relation(), mode, true)),
                alter.commands().stream().flatMap(command -> along(step, alter.relation(), command)));
    }

    /** The kinds of things that ALTER TABLE's tree stands for, without types and indexes' options. */
    private static boolean locksRelation(AlterTable alter) {
        return !alter.objectType().equals("OBJECT_TYPE") && !alter.objectType().equals("OBJECT_INDEX");
    }

    static LockMode mode(AlterCommand command) {
        String action = command.action();
        if (WEAK.contains(action) || detachesConcurrently(command)) {
            return SHARE_UPDATE_EXCLUSIVE;
        }
        boolean foreignKey = command.addsConstraint() && command.constraint().isForeignKey();
        boolean trigger = action.startsWith("EnableTrig")
                || action.startsWith("DisableTrig")
                || action.startsWith("EnableAlwaysTrig")
                || action.startsWith("EnableReplicaTrig");
        return foreignKey || trigger ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
    }

    private static boolean detachesConcurrently(AlterCommand command) {
        return command.is("DetachPartition") && command.node().node("def").flag("concurrent");
    }

    /** Other relations that an action locks along. */
    private static Stream<TableLock> along(Step step, Name table, AlterCommand command) {
        return switch (command.action()) {
            case "AddConstraint" ->
                command.constraint().parent().stream().map(parent -> new TableLock(parent, SHARE_ROW_EXCLUSIVE, false));
            case "AddColumn" ->
                command.column()
                        .constraints()
                        .flatMap(constraint -> constraint.parent().stream())
                        .map(parent -> new TableLock(parent, SHARE_ROW_EXCLUSIVE, false));
            case "AttachPartition" -> Stream.of(new TableLock(partition(command), ACCESS_EXCLUSIVE, true));
            case "DetachPartition" -> Stream.of(new TableLock(partition(command), mode(command), false));
            case "DropConstraint" -> constraintParent(step, table, command, ACCESS_EXCLUSIVE);
            case "ValidateConstraint" -> constraintParent(step, table, command, ROW_SHARE);
            default -> Stream.empty();
        };
    }

    private static Name partition(AlterCommand command) {
        return Name.of(command.node().node("def").node("name"));
    }

    private static Stream<TableLock> constraintParent(Step step, Name table, AlterCommand command, LockMode mode) {
        return step.table(table).flatMap(known -> known.constraint(command.name())).flatMap(Constraint::parent).stream()
                .map(parent -> new TableLock(parent, mode, false));
    }
}
