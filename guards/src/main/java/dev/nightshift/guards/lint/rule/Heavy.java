package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;

/** Which statements take time that grows with a table, or that somebody asked for. */
final class Heavy {
    private static final Map<String, String> BY_KIND = Map.of(
            "ReindexStmt", "an index is built",
            "ClusterStmt", "a table is written anew",
            "RefreshMatViewStmt", "a materialized view is computed",
            "LockStmt", "it waits for another lock",
            "CopyStmt", "rows are copied");

    private Heavy() {}

    /** What takes long, in words; empty when nothing does. */
    static Optional<String> why(Step step) {
        Node tree = step.tree();
        if (BY_KIND.containsKey(tree.kind())) {
            return Optional.of(BY_KIND.get(tree.kind()));
        }
        if (Expressions.calls(tree)
                        .anyMatch(call -> Expressions.function(call).name().startsWith("pg_sleep"))
                && !Dml.onlyDefines(tree)) {
            return Optional.of("it sleeps");
        }
        if (step.is("IndexStmt")) {
            return step.isNew(Name.of(tree.node("relation"))) ? Optional.empty() : Optional.of("an index is built");
        }
        if (!step.rowChanges().isEmpty()) {
            return changesOld(step) ? Optional.of("rows are changed") : Optional.empty();
        }
        if (step.is("SelectStmt") || step.is("CreateTableAsStmt")) {
            return readsOld(step) ? Optional.of("rows are read") : Optional.empty();
        }
        return Change.of(step).anyMatch(change -> Scans.scans(step, change))
                ? Optional.of("a table is scanned")
                : Optional.empty();
    }

    private static boolean changesOld(Step step) {
        return step.rowChanges().stream()
                .filter(node -> !Bookkeeping.is(Name.of(node.node("relation"))))
                .anyMatch(node -> !step.isNew(Name.of(node.node("relation"))) || readsOld(step));
    }

    private static boolean readsOld(Step step) {
        return !step.tree().node("into").flag("skipData")
                && Dml.reads(step.tree()).map(Name::of).anyMatch(name -> !step.isNew(name) && !Catalogs.isSystem(name));
    }
}
