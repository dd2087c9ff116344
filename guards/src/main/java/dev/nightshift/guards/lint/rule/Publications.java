package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;

/** Which tables a publication sends. */
final class Publications {
    private Publications() {}

    static boolean publishes(Step step, Name table) {
        return step.table(table).filter(Table::isPublished).isPresent()
                || step.timeline().publications().stream()
                        .anyMatch(other -> other.index() < step.index()
                                && !isDropped(other, step)
                                && publishes(other, step, table));
    }

    private static boolean isDropped(Step publication, Step step) {
        String name = publication.tree().text("pubname");
        return step.timeline().on(name).stream()
                .anyMatch(other -> other.index() < step.index() && Drops.drops(other.tree(), "OBJECT_PUBLICATION"));
    }

    private static boolean publishes(Step publication, Step step, Name table) {
        Node tree = publication.tree();
        return tree.flag("for_all_tables")
                || tree.list("pubobjects").stream()
                        .anyMatch(object -> object.text("pubobjtype").equals("PUBLICATIONOBJ_TABLES_IN_SCHEMA")
                                ? object.text("name")
                                        .equals(step.resolved(table).schema())
                                : step.sameRelation(
                                        Name.of(object.node("pubtable").node("relation")), table));
    }
}
