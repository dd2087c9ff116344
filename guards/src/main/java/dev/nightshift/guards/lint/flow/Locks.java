package dev.nightshift.guards.lint.flow;

import static dev.nightshift.guards.lint.flow.LockMode.ACCESS_EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.ROW_EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.SHARE;
import static dev.nightshift.guards.lint.flow.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.nightshift.guards.lint.flow.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Maintenance;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which locks a statement takes on which relations, as measured on PostgreSQL; ALTER TABLE's are in {@link AlterLocks}. */
final class Locks {
    private static final Map<String, Function<Step, Stream<TableLock>>> BY_KIND = Map.ofEntries(
            Map.entry("AlterTableStmt", AlterLocks::of),
            Map.entry("IndexStmt", step -> each(step, concurrent(step) ? SHARE_UPDATE_EXCLUSIVE : SHARE)),
            Map.entry("DropStmt", Locks::drop),
            Map.entry("TruncateStmt", step -> each(step, ACCESS_EXCLUSIVE)),
            Map.entry(
                    "LockStmt", step -> each(step, LockMode.ofNumber(step.tree().number("mode")))),
            Map.entry("CreateTrigStmt", step -> each(step, SHARE_ROW_EXCLUSIVE)),
            Map.entry("CreatePolicyStmt", step -> one(Name.of(step.tree().node("table")), ACCESS_EXCLUSIVE)),
            Map.entry("AlterPolicyStmt", step -> one(Name.of(step.tree().node("table")), ACCESS_EXCLUSIVE)),
            Map.entry("RuleStmt", step -> each(step, ACCESS_EXCLUSIVE)),
            Map.entry("RenameStmt", Locks::rename),
            Map.entry("AlterObjectSchemaStmt", step -> each(step, ACCESS_EXCLUSIVE)),
            Map.entry("ClusterStmt", step -> each(step, ACCESS_EXCLUSIVE)),
            Map.entry(
                    "VacuumStmt",
                    step -> each(
                            step, Maintenance.isVacuumFull(step.tree()) ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE)),
            Map.entry("ReindexStmt", Locks::reindex),
            Map.entry("RefreshMatViewStmt", step -> each(step, concurrent(step) ? EXCLUSIVE : ACCESS_EXCLUSIVE)),
            Map.entry("CreateStmt", Locks::create),
            Map.entry("ViewStmt", Locks::replacedView),
            Map.entry(
                    "CreateStatsStmt",
                    step -> step.tree().list("relations").stream()
                            .map(table -> new TableLock(Name.of(table), SHARE_UPDATE_EXCLUSIVE, true))),
            Map.entry("CopyStmt", step -> step.tree().flag("is_from") ? each(step, ROW_EXCLUSIVE) : Stream.empty()));

    private Locks() {}

    static Stream<TableLock> of(Step step) {
        Stream<TableLock> own =
                BY_KIND.getOrDefault(step.tree().kind(), any -> Stream.empty()).apply(step);
        return Stream.concat(own, rows(step));
    }

    private static Stream<TableLock> rows(Step step) {
        return Dml.in(step.tree()).stream()
                .map(node -> new TableLock(Name.of(node.node("relation")), ROW_EXCLUSIVE, true));
    }

    private static boolean concurrent(Step step) {
        return step.tree().flag("concurrent");
    }

    private static Stream<TableLock> each(Step step, LockMode mode) {
        return step.targets().stream()
                .filter(name -> !name.name().isEmpty())
                .map(name -> new TableLock(name, mode, true));
    }

    static Stream<TableLock> one(Name name, LockMode mode) {
        return Stream.of(new TableLock(name, mode, true));
    }

    private static Stream<TableLock> drop(Step step) {
        return switch (step.tree().text("removeType")) {
            case "OBJECT_TABLE", "OBJECT_FOREIGN_TABLE" ->
                step.targets().stream()
                        .flatMap(name -> Stream.concat(one(name, ACCESS_EXCLUSIVE), parents(step.table(name))));
            case "OBJECT_INDEX" ->
                step.targets().stream()
                        .map(index -> new TableLock(
                                tableOf(step, index),
                                concurrent(step) ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE,
                                true));
            case "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
                each(step, ACCESS_EXCLUSIVE);
            default -> Stream.empty();
        };
    }

    /** The tables that a table's foreign keys refer to: dropping it locks them as well. */
    static Stream<TableLock> parents(Optional<Table> table) {
        return table.stream()
                .flatMap(t -> t.constraints().stream())
                .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
                .flatMap(constraint -> constraint.parent().stream())
                .map(parent -> new TableLock(parent, ACCESS_EXCLUSIVE, false));
    }

    /** The table of an index, if the script or the database tells it; otherwise the index stands for it. */
    static Name tableOf(Step step, Name index) {
        return step.created(Created.Kind.INDEX, index)
                .map(Created::owner)
                .or(() -> step.catalog().tableOfIndex(index).map(Table::name))
                .orElse(index);
    }

    private static Stream<TableLock> rename(Step step) {
        Node tree = step.tree();
        boolean index = tree.text("renameType").equals("OBJECT_INDEX");
        return tree.has("relation") ? each(step, index ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE) : Stream.empty();
    }

    private static Stream<TableLock> reindex(Step step) {
        LockMode mode = Maintenance.isConcurrentReindex(step.tree()) ? SHARE_UPDATE_EXCLUSIVE : SHARE;
        return switch (step.tree().text("kind")) {
            case "REINDEX_OBJECT_INDEX" ->
                step.targets().stream().map(index -> new TableLock(tableOf(step, index), mode, true));
            case "REINDEX_OBJECT_TABLE" -> each(step, mode);
            default -> Stream.empty();
        };
    }

    private static Stream<TableLock> create(Step step) {
        Node tree = step.tree();
        LockMode onParent = tree.has("partbound") ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
        return Stream.concat(
                tree.list("inhRelations").stream().map(parent -> new TableLock(Name.of(parent), onParent, true)),
                tree.all("Constraint")
                        .flatMap(constraint -> constraint.maybe("pktable").stream())
                        .map(parent -> new TableLock(Name.of(parent), SHARE_ROW_EXCLUSIVE, false)));
    }

    private static Stream<TableLock> replacedView(Step step) {
        Name view = Name.of(step.tree().node("view"));
        return step.catalog().table(view).isPresent() ? one(view, ACCESS_EXCLUSIVE) : Stream.empty();
    }
}
